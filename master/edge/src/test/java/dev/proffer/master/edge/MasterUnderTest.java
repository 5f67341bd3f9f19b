package dev.proffer.master.edge;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.edge.agentlink.AgentAuthenticator;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.agentlink.AgentListener;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.master.edge.http.Authenticator;
import dev.proffer.master.edge.http.HttpListener;
import dev.proffer.master.edge.http.HttpSettings;
import dev.proffer.master.edge.http.Leader;
import dev.proffer.master.edge.http.LeaderGate;
import dev.proffer.master.edge.http.operator.FileReaders;
import dev.proffer.master.edge.http.operator.MasterFacts;
import dev.proffer.master.edge.registry.RegistryOutlet;
import dev.proffer.master.edge.tls.ServerCertificate;
import dev.proffer.master.edge.writer.WriterSettings;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.MasterInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A master's ports and one term behind them, without an election. */
final class MasterUnderTest implements AutoCloseable {
    static final long TERM = 7;

    final ScriptedCore core;
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<TermHolder> termsSeen = new CopyOnWriteArrayList<>();
    final LeadingTerm term;
    final AgentListener agents;
    final HttpListener http;

    /** Who leads, as clients are told; to be changed at will. */
    volatile Leader leader = new Leader.Here("master.example:5050");

    volatile boolean mayAct = true;

    private final Vertx vertx = Vertx.vertx();

    MasterUnderTest(ScriptedCore core) {
        this(core, settings(), new AnonymousAuthenticator(), AgentLinkSettings.plain("127.0.0.1", 0));
    }

    MasterUnderTest(
            ScriptedCore core,
            HttpSettings httpSettings,
            Authenticator authenticator,
            AgentLinkSettings agentSettings) {
        this(core, httpSettings, authenticator, agentSettings, WriterSettings.defaults());
    }

    MasterUnderTest(
            ScriptedCore core,
            HttpSettings httpSettings,
            Authenticator authenticator,
            AgentLinkSettings agentSettings,
            WriterSettings writerSettings) {
        this(core, httpSettings, authenticator, agentSettings, writerSettings, Optional.empty());
    }

    /** @param certificate of all ports */
    MasterUnderTest(
            ScriptedCore core,
            HttpSettings httpSettings,
            Authenticator authenticator,
            AgentLinkSettings agentSettings,
            WriterSettings writerSettings,
            Optional<ServerCertificate> certificate) {
        this(
                core,
                httpSettings,
                authenticator,
                agentSettings,
                writerSettings,
                certificate,
                AgentAuthenticator.CREDULOUS);
    }

    /** @param certificate of all ports */
    MasterUnderTest(
            ScriptedCore core,
            HttpSettings httpSettings,
            Authenticator authenticator,
            AgentLinkSettings agentSettings,
            WriterSettings writerSettings,
            Optional<ServerCertificate> certificate,
            AgentAuthenticator agentAuthenticator) {
        this.core = core;
        this.term = new LeadingTerm(
                new Leadership(TERM, "master", "cluster", "master-id", MasterInfo.getDefaultInstance()),
                core,
                writerSettings,
                MasterUnderTest::now,
                new NoRegistry(),
                _ -> mayAct,
                (_, _, _) -> {},
                termsSeen::add,
                failures::add);
        this.agents = AgentListener.open(
                agentSettings,
                certificate.map(ServerCertificate::sslContext),
                agentAuthenticator,
                () -> Optional.of(term.links()));
        this.http = HttpListener.open(
                vertx,
                httpSettings,
                certificate,
                MasterUnderTest::now,
                HttpRoutes.of(
                        authenticator,
                        new LeaderGate(() -> leader),
                        new MasterFacts("0.1.0", Instant.EPOCH, Optional.empty()),
                        () -> leader instanceof Leader.Here,
                        () -> Optional.of(term.streams()),
                        () -> term.writer().snapshot(),
                        term.explanations()::ask,
                        term.links().files()::read,
                        FileReaders.ofCluster("proffer")));
        term.start();
    }

    /** Agents are not kept. */
    private static final class NoRegistry implements RegistryOutlet {
        @Override
        public void accept(MasterEffect.RegistryEffect word) {}

        @Override
        public int backlog() {
            return 0;
        }

        @Override
        public void close() {}
    }

    static HttpSettings settings() {
        return HttpSettings.on("127.0.0.1", 0);
    }

    static Moment now() {
        return new Moment(System.nanoTime(), Instant.now());
    }

    static HttpSettings with(HttpSettings base, int bodyLimit, long backlogLimit, Duration requestTimeout) {
        return new HttpSettings(
                base.host(),
                base.port(),
                base.eventLoops(),
                base.connectionsAtMost(),
                base.requestLineLimit(),
                base.headerLimit(),
                bodyLimit,
                base.unansweredBodiesLimit(),
                backlogLimit,
                requestTimeout,
                base.proofInterval());
    }

    @Override
    public void close() {
        term.end().join();
        http.close();
        agents.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
