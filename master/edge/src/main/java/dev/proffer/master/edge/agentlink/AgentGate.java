package dev.proffer.master.edge.agentlink;

import dev.proffer.master.edge.agentlink.AgentAuthenticator.Verdict;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Refused;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an agent's frames through to its link once it is known that it is what it says, and for as long as it proves that.
 * Nothing that it says counts before. Confined to the connection's event loop.
 */
final class AgentGate extends SimpleChannelInboundHandler<AgentFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGate.class);
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final AgentAuthenticator authenticator;
    private final AgentLink link;

    private @Nullable String hostname;
    private @Nullable ScheduledFuture<?> expiry;
    private @Nullable ScheduledFuture<?> retry;

    AgentGate(AgentAuthenticator authenticator, AgentLink link) {
        this.authenticator = authenticator;
        this.link = link;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, AgentFrame frame) {
        if (hostname == null && frame.hasHello()) {
            meet(context, frame.getHello());
        } else if (hostname != null && frame.hasRenewal()) {
            renew(context, frame.getRenewal().getToken());
        } else {
            context.fireChannelRead(frame);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel(expiry);
        cancel(retry);
        context.fireChannelInactive();
    }

    private void meet(ChannelHandlerContext context, Hello hello) {
        hostname = hello.getInfo().getHostname();
        context.channel().config().setAutoRead(false);
        ask(context, hello.getToken(), verdict -> {
            if (verdict.isEmpty()) {
                turnAway("the agent's token cannot be reviewed at the moment");
                return;
            }
            settle(context, verdict.get(), () -> {
                // The proof has done its work and is a secret.
                var withoutToken = Hello.newBuilder(hello).clearToken().build();
                context.fireChannelRead(
                        AgentFrame.newBuilder().setHello(withoutToken).build());
                if (!link.holdsBack()) {
                    context.channel().config().setAutoRead(true);
                }
            });
        });
    }

    /** While it cannot be judged the proof of before counts, up to its end. */
    private void renew(ChannelHandlerContext context, String token) {
        cancel(retry);
        ask(
                context,
                token,
                verdict -> verdict.ifPresentOrElse(
                        reached -> settle(context, reached, () -> {}),
                        () -> retry = context.executor()
                                .schedule(() -> renew(context, token), RETRY.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** @param then gets nothing if it cannot be found out now */
    private void ask(ChannelHandlerContext context, String token, Consumer<Optional<Verdict>> then) {
        authenticator
                .authenticate(hostname == null ? "" : hostname, token)
                .whenComplete((verdict, failure) -> context.executor().execute(() -> {
                    if (failure != null) {
                        LOG.warn("an agent's token cannot be reviewed agent={}: {}", hostname, failure.toString());
                    }
                    if (context.channel().isActive()) {
                        then.accept(Optional.ofNullable(verdict));
                    }
                }));
    }

    private void settle(ChannelHandlerContext context, Verdict verdict, Runnable whenAccepted) {
        switch (verdict) {
            case Verdict.Refused(var reason) -> turnAway(reason);
            case Verdict.Accepted(var lasting) -> {
                cancel(expiry);
                lasting.ifPresent(duration -> expiry = context.executor()
                        .schedule(
                                () -> turnAway("the agent's token has expired, and it sent no newer one"),
                                duration.toMillis(),
                                TimeUnit.MILLISECONDS));
                whenAccepted.run();
            }
        }
    }

    private void turnAway(String reason) {
        LOG.warn("agent refused agent={} reason=\"{}\"", hostname, reason);
        link.send(MasterFrame.newBuilder()
                .setRefused(Refused.newBuilder().setReason(reason))
                .build());
        link.hangUp(reason);
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
