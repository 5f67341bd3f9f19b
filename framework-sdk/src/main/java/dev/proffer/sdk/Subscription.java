package dev.proffer.sdk;

import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.MasterInfo;
import java.util.Optional;

/**
 * What the master said when it took the framework on.
 *
 * @param frameworkId keep it: a scheduler that starts again with it finds its tasks
 * @param again whether this driver was subscribed before
 */
public record Subscription(FrameworkID frameworkId, Optional<MasterInfo> master, boolean again) {}
