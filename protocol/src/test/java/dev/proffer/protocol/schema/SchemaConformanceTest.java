package dev.proffer.protocol.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our schema against the descriptors in Mesos' own Java library: names, numbers, types, labels, defaults, deprecation. */
class SchemaConformanceTest {
    /**
     * What Mesos declared after the release of that library (1.11.0); it has no other opinion about these. A framework of
     * that release skips them as unknown fields.
     */
    private static final List<String> YOUNGER_THAN_THE_LIBRARY = List.of(
            "mesos.v1.CapabilityInfo.Capability.BPF",
            "mesos.v1.CapabilityInfo.Capability.CHECKPOINT_RESTORE",
            "mesos.v1.CapabilityInfo.Capability.PERFMON",
            "mesos.v1.MasterInfo.Capability.Type.QUOTA_V2",
            "mesos.v1.ResourceStatistics.mem_kmem_tcp_usage_bytes",
            "mesos.v1.ResourceStatistics.mem_kmem_usage_bytes",
            "mesos.v1.ResourceStatistics.net_ephemeral_ports",
            "mesos.v1.ResourceStatistics.net_rate_statistics",
            "mesos.v1.ResourceStatistics.net_rx_burst_rate_limit",
            "mesos.v1.ResourceStatistics.net_rx_burst_size",
            "mesos.v1.ResourceStatistics.net_rx_rate_limit",
            "mesos.v1.ResourceStatistics.net_tx_burst_rate_limit",
            "mesos.v1.ResourceStatistics.net_tx_burst_size",
            "mesos.v1.ResourceStatistics.net_tx_rate_limit",
            "mesos.v1.ResourceStatistics.RatePercentiles",
            "mesos.v1.ResourceStatistics.RateStatistics");

    private final SchemaIndex ours = SchemaIndex.of(ownFiles());

    @Test
    void everythingReachableInMesosIsHereAndTheSame() {
        var reachable = SchemaIndex.of(mesosApis());

        assertThat(reachable.size()).isGreaterThan(300);
        assertThat(reachable.missingIn(ours)).isEmpty();
    }

    @Test
    void nothingIsHereThatMesosDoesNotHave() {
        var all = new ArrayList<>(mesosApis());
        all.add(org.apache.mesos.v1.Protos.getDescriptor());

        assertThat(ours.missingIn(SchemaIndex.of(all))).containsExactlyInAnyOrderElementsOf(YOUNGER_THAN_THE_LIBRARY);
    }

    private static List<FileDescriptor> mesosApis() {
        return List.of(
                org.apache.mesos.v1.scheduler.Protos.getDescriptor(),
                org.apache.mesos.v1.executor.Protos.getDescriptor(),
                org.apache.mesos.v1.master.Protos.getDescriptor(),
                org.apache.mesos.v1.agent.Protos.getDescriptor(),
                org.apache.mesos.v1.maintenance.Protos.getDescriptor(),
                org.apache.mesos.v1.quota.Protos.getDescriptor(),
                org.apache.mesos.v1.allocator.Protos.getDescriptor());
    }

    /** The files of our schema's packages, with everything that they import. */
    private static List<FileDescriptor> ownFiles() {
        var found = new LinkedHashSet<FileDescriptor>();
        var open = new ArrayList<>(List.of(
                dev.proffer.protocol.v1.scheduler.CallsProto.getDescriptor(),
                dev.proffer.protocol.v1.scheduler.EventsProto.getDescriptor(),
                dev.proffer.protocol.v1.scheduler.ResponsesProto.getDescriptor(),
                dev.proffer.protocol.v1.executor.CallsProto.getDescriptor(),
                dev.proffer.protocol.v1.executor.EventsProto.getDescriptor(),
                dev.proffer.protocol.v1.master.CallsProto.getDescriptor(),
                dev.proffer.protocol.v1.master.EventsProto.getDescriptor(),
                dev.proffer.protocol.v1.master.ResponsesProto.getDescriptor(),
                dev.proffer.protocol.v1.agent.CallsProto.getDescriptor(),
                dev.proffer.protocol.v1.agent.ResponsesProto.getDescriptor()));
        while (!open.isEmpty()) {
            var file = open.removeLast();
            if (found.add(file)) {
                open.addAll(file.getDependencies());
            }
        }
        return List.copyOf(found);
    }
}
