package dev.proffer.master.edge;

import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Identification;
import dev.proffer.master.edge.http.LargeAnswer;
import dev.proffer.master.edge.http.LeaderGate;
import dev.proffer.master.edge.http.LeaderReads;
import dev.proffer.master.edge.http.operator.ExplainEndpoint;
import dev.proffer.master.edge.http.operator.ExplanationSource;
import dev.proffer.master.edge.http.operator.FileReaders;
import dev.proffer.master.edge.http.operator.FileSource;
import dev.proffer.master.edge.http.operator.FilesEndpoint;
import dev.proffer.master.edge.http.operator.HealthEndpoint;
import dev.proffer.master.edge.http.operator.MasterFacts;
import dev.proffer.master.edge.http.operator.RedirectEndpoint;
import dev.proffer.master.edge.http.operator.SnapshotSource;
import dev.proffer.master.edge.http.operator.StateDocument;
import dev.proffer.master.edge.http.operator.StateEndpoint;
import dev.proffer.master.edge.http.operator.SummaryDocument;
import dev.proffer.master.edge.http.operator.VersionEndpoint;
import dev.proffer.master.edge.http.scheduler.SchedulerApi;
import dev.proffer.master.edge.http.scheduler.TermStreams;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Which endpoint is found at which path. As in Mesos, each of Mesos' is there a second time below {@code /master}. */
final class HttpRoutes {
    private HttpRoutes() {}

    static Map<String, Endpoint> of(
            Authenticator authenticator,
            LeaderGate gate,
            MasterFacts facts,
            BooleanSupplier ready,
            Supplier<Optional<TermStreams>> streams,
            SnapshotSource snapshots,
            ExplanationSource explanations,
            FileSource files,
            FileReaders fileReaders) {
        var schedulers = new Identification(authenticator, "mesos-master-scheduler");
        var reads = new LeaderReads(new Identification(authenticator, "mesos-master-readonly"), gate);
        var largeAnswer = new LargeAnswer();
        var endpoints = Map.of(
                "/api/v1/scheduler", new SchedulerApi(schedulers, gate, streams),
                "/redirect", new RedirectEndpoint(gate),
                "/health", new HealthEndpoint(ready),
                "/version", new VersionEndpoint(facts),
                "/state", new StateEndpoint(reads, snapshots, largeAnswer, new StateDocument(facts)),
                "/state-summary", new StateEndpoint(reads, snapshots, largeAnswer, new SummaryDocument(facts)));
        var routes = new HashMap<String, Endpoint>(endpoints);
        endpoints.forEach((path, endpoint) -> routes.put("/master" + path, endpoint));
        routes.put("/api/proffer/v1/explain", new ExplainEndpoint(reads, snapshots, explanations, largeAnswer));
        routes.put("/api/proffer/v1/files/read", new FilesEndpoint(reads, snapshots, files, fileReaders));
        return Map.copyOf(routes);
    }
}
