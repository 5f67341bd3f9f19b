package dev.proffer.master.edge.http.scheduler;

import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.v1.scheduler.Call;

/** What a body turned out to be. */
sealed interface CallBody {

    record Decoded(Call call) implements CallBody {}

    /** @param problem for the client's eyes */
    record Malformed(String problem) implements CallBody {}

    static CallBody of(byte[] bytes, MediaType mediaType) {
        try {
            return new Decoded(mediaType.codec().decode(bytes, Call.getDefaultInstance()));
        } catch (MalformedMessageException malformed) {
            return new Malformed("The body is no call: " + malformed.getMessage());
        }
    }
}
