package dev.proffer.master.edge.sandboxes;

import com.google.protobuf.ByteString;

/** What became of a file that somebody wanted to read on an agent. */
public sealed interface FileRead {

    /**
     * @param data from the place asked for; less than asked for only at the end
     * @param size of the whole file by now
     */
    record Content(ByteString data, long size) implements FileRead {}

    record NotFound(String problem) implements FileRead {}

    /** The path could lead out of the sandbox. */
    record Refused(String problem) implements FileRead {}

    /** The agent is not linked to this master. */
    record Away() implements FileRead {}

    /** So many files are being read that this one has to wait. */
    record Busy() implements FileRead {}

    /** The agent does not answer. */
    record Late() implements FileRead {}

    record Failed(String problem) implements FileRead {}
}
