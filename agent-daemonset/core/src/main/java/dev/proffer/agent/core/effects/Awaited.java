package dev.proffer.agent.core.effects;

import com.google.protobuf.ByteString;
import dev.proffer.agent.core.LinkId;
import dev.proffer.agent.core.TaskKey;

/** What goes on once records are on disk, or cannot because they are not. */
public sealed interface Awaited {
    /** The term and its holder: the master on this link may be obeyed. */
    record Term(LinkId link) implements Awaited {}

    /** The agent's id, given on this link. */
    record Identity(LinkId link) implements Awaited {}

    /** The intent to launch the task, and its first update. */
    record Launch(TaskKey task, String container, ByteString update) implements Awaited {}

    record Update(TaskKey task, ByteString uuid) implements Awaited {}

    /** Nothing waits: it is good to have on disk, and no harm if it is not. */
    record Nothing() implements Awaited {}
}
