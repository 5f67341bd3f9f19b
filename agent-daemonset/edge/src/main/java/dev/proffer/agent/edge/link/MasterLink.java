package dev.proffer.agent.edge.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.LinkId;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldPrepender;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dials the leader and carries frames: one connection at a time, each with the number that the core gave it. Called by the
 * agent's writer alone; inputs come from the connection's event loop, in the order in which things happened.
 */
public final class MasterLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);

    /** The kubelet renews a pod's token when a fifth of its time is left. */
    private static final Duration TOKEN_LOOK = Duration.ofSeconds(30);

    private final LeaderLocator locator;
    private final Consumer<AgentInput> inbox;
    private final Dialler dialler;
    private final LinkToken token;
    private final LeaderProbe probe;
    private @Nullable Channel channel;
    private @Nullable LinkId current;

    public MasterLink(LeaderLocator locator, LinkSecurity security, Consumer<AgentInput> inbox) {
        this(locator, security, TOKEN_LOOK, inbox);
    }

    /** @param tokenLook how often to look whether there is a newer token */
    MasterLink(LeaderLocator locator, LinkSecurity security, Duration tokenLook, Consumer<AgentInput> inbox) {
        this.locator = locator;
        this.inbox = inbox;
        this.dialler = new Dialler(security.tls());
        this.token = new LinkToken(security.token(), tokenLook);
        this.probe = new LeaderProbe(dialler, locator, inbox);
    }

    /** Asks, beside the link, who leads. Answered by LeaderFound, or by nothing. */
    public void probe() {
        probe.ask();
    }

    /** Answered by LinkOpened or LinkClosed. Ends the connection before. */
    public void dial(LinkId link) {
        disconnect();
        current = link;
        var leader = locator.leader();
        if (leader.isEmpty()) {
            fail(link, "no leader is known");
            return;
        }
        ChannelFuture connecting;
        try {
            connecting = dialler.dial(leader.get(), new Receiver(link));
        } catch (SSLException unusable) {
            fail(link, String.valueOf(unusable.getMessage()));
            return;
        }
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                inbox.accept(new AgentInput.LinkClosed(
                        link,
                        "no connection to " + leader.get() + ": " + done.cause().getMessage()));
            }
        });
    }

    /** Not from here: the writer, whose thread this is, must not wait for its own inbox. */
    private void fail(LinkId link, String reason) {
        dialler.execute(() -> inbox.accept(new AgentInput.LinkClosed(link, reason)));
    }

    /** Dropped if that link is not the current one any more. */
    public void send(LinkId link, AgentFrame frame) {
        if (channel != null && link.equals(current)) {
            var signed = frame.hasHello()
                    ? frame.toBuilder()
                            .setHello(token.sign(frame.getHello(), channel))
                            .build()
                    : frame;
            var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(signed.toByteArray()), channel.voidPromise());
        }
    }

    /** Ends the connection after what was sent before. */
    public void hangUp(LinkId link, String reason) {
        if (channel != null && link.equals(current)) {
            LOG.info("hanging up on the master reason=\"{}\"", reason);
            // Past the prepender, which would make a frame of it.
            var prepender = channel.pipeline().context(LengthFieldPrepender.class);
            if (prepender == null) {
                var _ = channel.close(); // Not connected yet.
            } else {
                prepender.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private void disconnect() {
        if (channel != null) {
            var _ = channel.close();
            channel = null;
        }
    }

    @Override
    public void close() {
        disconnect();
        dialler.close();
    }

    /** Turns what happens on one connection into inputs. */
    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {
        private final LinkId link;
        private @Nullable String end;

        Receiver(LinkId link) {
            this.link = link;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            inbox.accept(new AgentInput.LinkOpened(link));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes)
                throws InvalidProtocolBufferException {
            inbox.accept(new AgentInput.FrameReceived(link, MasterFrame.parseFrom(bytes.nioBuffer())));
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!context.channel().isWritable()) {
                end(context, "the master does not read");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            end(context, Objects.requireNonNullElse(problem.getMessage(), problem.toString()));
        }

        /** The first reason counts: ending the connection causes others. */
        private void end(ChannelHandlerContext context, String reason) {
            if (end == null) {
                end = reason;
            }
            var _ = context.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            inbox.accept(new AgentInput.LinkClosed(link, Objects.requireNonNullElse(end, "the master hung up")));
        }
    }
}
