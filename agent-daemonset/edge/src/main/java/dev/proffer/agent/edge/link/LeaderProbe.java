package dev.proffer.agent.edge.link;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Probe;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whoever answers at the leader's address now in which term it leads, on a connection of its own. */
final class LeaderProbe {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderProbe.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final byte[] PROBE =
            AgentFrame.newBuilder().setProbe(Probe.getDefaultInstance()).build().toByteArray();

    private final Dialler dialler;
    private final LeaderLocator locator;
    private final Consumer<AgentInput> inbox;

    LeaderProbe(Dialler dialler, LeaderLocator locator, Consumer<AgentInput> inbox) {
        this.dialler = dialler;
        this.locator = locator;
        this.inbox = inbox;
    }

    /** Answered by LeaderFound, or by nothing. */
    void ask() {
        locator.leader().ifPresent(address -> {
            try {
                var _ = dialler.dial(address, new Receiver());
            } catch (SSLException unusable) {
                LOG.debug("who leads could not be asked", unusable);
            }
        });
    }

    private final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(PROBE), context.voidPromise());
            var late = context.executor().schedule(() -> end(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
            context.channel().closeFuture().addListener(_ -> late.cancel(false));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes)
                throws InvalidProtocolBufferException {
            var frame = MasterFrame.parseFrom(bytes.nioBuffer());
            if (frame.hasLeading()) {
                inbox.accept(new AgentInput.LeaderFound(frame.getLeading()));
            }
            end(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
            LOG.debug("who leads could not be asked", problem);
            end(context);
        }

        private static void end(ChannelHandlerContext context) {
            var _ = context.close();
        }
    }
}
