package dev.proffer.master.edge.agentlink;

import com.google.protobuf.CodedOutputStream;
import dev.proffer.protocol.link.MasterFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes out on one link, in the order in which it was sent. Any thread sends; encoding and writing happen on the link's
 * event loop. An agent that does not read is cut off.
 */
final class LinkOutput {
    private static final Logger LOG = LoggerFactory.getLogger(LinkOutput.class);
    private static final int LENGTH_BYTES = 4;

    /** Frames that wait for the event loop, before their bytes count. */
    private static final int UNWRITTEN_AT_MOST = 100_000;

    private static final long HANG_UP_PATIENCE_SECONDS = 2;

    private final Channel channel;
    private final int frameLimit;
    private final AtomicInteger unwritten = new AtomicInteger();
    private boolean flushScheduled;

    LinkOutput(Channel channel, int frameLimit) {
        this.channel = channel;
        this.frameLimit = frameLimit;
    }

    /** Any thread. */
    void send(MasterFrame frame) {
        if (unwritten.incrementAndGet() > UNWRITTEN_AT_MOST) {
            cut();
            return;
        }
        channel.eventLoop().execute(() -> {
            unwritten.decrementAndGet();
            write(frame);
        });
    }

    /** Any thread. Closes after what was sent before, or soon without it if the agent does not read. */
    void hangUp() {
        channel.eventLoop().execute(() -> {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            var giveUp = channel.eventLoop().schedule(this::cut, HANG_UP_PATIENCE_SECONDS, TimeUnit.SECONDS);
            channel.closeFuture().addListener(_ -> giveUp.cancel(false));
        });
    }

    private void write(MasterFrame frame) {
        int size = frame.getSerializedSize();
        if (size > frameLimit) {
            LOG.error("frame of {} bytes for an agent is over the limit of {}: hanging up", size, frameLimit);
            cut();
            return;
        }
        var _ = channel.write(encoded(frame, size), channel.voidPromise());
        if (!flushScheduled) {
            flushScheduled = true;
            // Behind the frames that wait already: one flush for all of them.
            channel.eventLoop().execute(() -> {
                flushScheduled = false;
                channel.flush();
            });
        }
    }

    private void cut() {
        var _ = channel.close();
    }

    private ByteBuf encoded(MasterFrame frame, int size) {
        var buffer = channel.alloc().ioBuffer(LENGTH_BYTES + size);
        buffer.writeInt(size);
        try {
            var output = CodedOutputStream.newInstance(buffer.nioBuffer(LENGTH_BYTES, size));
            frame.writeTo(output);
            output.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.writerIndex(LENGTH_BYTES + size);
    }
}
