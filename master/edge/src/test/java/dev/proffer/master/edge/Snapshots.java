package dev.proffer.master.edge;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.snapshot.MasterCounters;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.PolicySnapshot;
import dev.proffer.protocol.v1.MasterInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Snapshots to read from. */
final class Snapshots {
    private Snapshots() {}

    static MasterSnapshot empty() {
        var info = MasterInfo.newBuilder()
                .setId("master-1")
                .setIp(16777343)
                .setPort(5050)
                .setHostname("master.example")
                .setPid("master@127.0.0.1:5050")
                .build();
        return new MasterSnapshot(
                new Leadership(MasterUnderTest.TERM, "holder", "cluster", "master-1", info),
                Instant.EPOCH,
                Instant.EPOCH,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                PolicySnapshot.NONE,
                new MasterCounters(Map.of(), Map.of()));
    }
}
