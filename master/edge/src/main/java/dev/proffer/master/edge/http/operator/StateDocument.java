package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.protocol.v1.MasterInfo;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /state}: all of it, under Mesos' names. */
public final class StateDocument implements StateEndpoint.Document {
    private final MasterFacts facts;

    public StateDocument(MasterFacts facts) {
        this.facts = facts;
    }

    @Override
    public void write(MasterSnapshot snapshot, JsonGenerator json) throws IOException {
        json.writeStartObject();
        writeMaster(json, snapshot);
        writeAgents(json, snapshot);
        var frameworks = new FrameworkJson(
                snapshot.tasksByFramework(),
                snapshot.offers().stream().collect(Collectors.groupingBy(OfferSnapshot::framework)));
        write(json, "frameworks", snapshot.frameworks(), frameworks);
        write(json, "completed_frameworks", snapshot.completedFrameworks(), frameworks);
        for (var alwaysEmpty : List.of("orphan_tasks", "unregistered_frameworks")) {
            json.writeArrayFieldStart(alwaysEmpty);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeMaster(JsonGenerator json, MasterSnapshot snapshot) throws IOException {
        var info = snapshot.leadership().info();
        json.writeStringField("version", facts.version());
        json.writeNumberField("start_time", Times.seconds(facts.startedAt()));
        json.writeNumberField("elected_time", Times.seconds(snapshot.startedAt()));
        json.writeStringField("id", snapshot.leadership().masterId());
        json.writeStringField("pid", info.getPid());
        json.writeStringField("hostname", info.getHostname());
        json.writeArrayFieldStart("capabilities");
        for (var capability : info.getCapabilitiesList()) {
            json.writeString(capability.getType().name());
        }
        json.writeEndArray();
        long active = snapshot.agents().stream().filter(AgentSnapshot::active).count();
        json.writeNumberField("activated_slaves", active);
        json.writeNumberField("deactivated_slaves", snapshot.agents().size() - active);
        json.writeNumberField("unreachable_slaves", snapshot.unreachableAgents().size());
        DomainJson.write(json, info.getDomain());
        json.writeStringField("leader", info.getPid());
        writeLeader(json, info);
        if (facts.cluster().isPresent()) {
            json.writeStringField("cluster", facts.cluster().get());
        }
        json.writeObjectFieldStart("flags");
        json.writeEndObject();
    }

    private static void writeLeader(JsonGenerator json, MasterInfo info) throws IOException {
        json.writeObjectFieldStart("leader_info");
        json.writeStringField("id", info.getId());
        json.writeStringField("pid", info.getPid());
        json.writeNumberField("port", info.getPort());
        json.writeStringField("hostname", info.getHostname());
        DomainJson.write(json, info.getDomain());
        json.writeEndObject();
    }

    private static void writeAgents(JsonGenerator json, MasterSnapshot snapshot) throws IOException {
        json.writeArrayFieldStart("slaves");
        for (var agent : snapshot.agents()) {
            json.writeStartObject();
            AgentJson.writeFields(json, agent);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("recovered_slaves");
        for (var agent : snapshot.recoveredAgents()) {
            AgentJson.write(json, agent);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String field, List<FrameworkSnapshot> all, FrameworkJson frameworks)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (var framework : all) {
            frameworks.write(json, framework);
        }
        json.writeEndArray();
    }
}
