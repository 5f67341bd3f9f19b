package dev.proffer.master.edge.agentlink;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proffer.protocol.link.AgentFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.util.List;

/** Parses a whole frame; one that is no frame is an end of the link. */
final class AgentFrameDecoder extends MessageToMessageDecoder<ByteBuf> {

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) {
        try {
            out.add(AgentFrame.parseFrom(bytes.nioBuffer()));
        } catch (InvalidProtocolBufferException malformed) {
            throw new CorruptedFrameException("not a frame: " + malformed.getMessage(), malformed);
        }
    }
}
