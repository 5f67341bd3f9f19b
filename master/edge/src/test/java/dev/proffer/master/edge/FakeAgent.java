package dev.proffer.master.edge;

import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** An agent's end of a link that says exactly what it is told to. */
final class FakeAgent implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    final Socket socket;
    private final DataInputStream input;
    private final DataOutputStream output;

    FakeAgent(int port) throws IOException {
        this(connected(port));
    }

    FakeAgent(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        input = new DataInputStream(socket.getInputStream());
        output = new DataOutputStream(socket.getOutputStream());
    }

    private static Socket connected(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    static Hello.Builder hello() {
        return Hello.newBuilder()
                .setInfo(AgentInfo.newBuilder().setHostname("agent.example"))
                .setVersion("0.1.0")
                .setBootId("boot-1");
    }

    FakeAgent send(AgentFrame frame) throws IOException {
        output.writeInt(frame.getSerializedSize());
        frame.writeTo(output);
        output.flush();
        return this;
    }

    FakeAgent sendHello() throws IOException {
        return send(AgentFrame.newBuilder().setHello(hello()).build());
    }

    FakeAgent sendRaw(byte... bytes) throws IOException {
        output.write(bytes);
        output.flush();
        return this;
    }

    /** The next frame, or nothing if the master hung up. */
    Optional<MasterFrame> read() throws IOException {
        try {
            return Optional.of(MasterFrame.parseFrom(input.readNBytes(input.readInt())));
        } catch (EOFException | SocketException hungUp) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
