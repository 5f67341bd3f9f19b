package dev.proffer.master.edge.agentlink;

import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterInput;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's connection: turns its frames into inputs. Confined to the connection's event loop, except for sending. While
 * the inbox is full nothing more is read, so that the agent, not the master, keeps what waits.
 */
final class AgentLink extends SimpleChannelInboundHandler<AgentFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

    private final LinkId id;
    private final TermLinks links;
    private final Channel channel;
    private final LinkOutput output;
    private final Duration helloTimeout;
    private final Runnable afterHello;

    private @Nullable MasterInput held;
    private boolean helloed;
    private volatile @Nullable AgentId agent;

    /** Why the master ended the link; the first reason counts, since others follow from it. */
    private final AtomicReference<@Nullable String> end = new AtomicReference<>();

    /** @param afterHello lifts the limits that hold for strangers */
    AgentLink(
            LinkId id,
            TermLinks links,
            Channel channel,
            LinkOutput output,
            Duration helloTimeout,
            Runnable afterHello) {
        this.id = id;
        this.links = links;
        this.channel = channel;
        this.output = output;
        this.helloTimeout = helloTimeout;
        this.afterHello = afterHello;
    }

    LinkId id() {
        return id;
    }

    void registeredAs(AgentId newAgent) {
        agent = newAgent;
    }

    /** Whose link it is, once it is registered. Any thread. */
    Optional<AgentId> agent() {
        return Optional.ofNullable(agent);
    }

    /** Any thread. */
    void send(MasterFrame frame) {
        output.send(frame);
    }

    /** Any thread. Closes after what was sent before. */
    void hangUp(String reason) {
        end.compareAndSet(null, reason);
        output.hangUp();
    }

    /** Whether nothing more is to be read until the inbox has room. */
    boolean holdsBack() {
        return held != null;
    }

    void whenClosed(Runnable then) {
        channel.closeFuture().addListener(_ -> then.run());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var late = channel.eventLoop()
                .schedule(
                        () -> {
                            if (!helloed) {
                                cut("no Hello within " + helloTimeout);
                            }
                        },
                        helloTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> late.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, AgentFrame frame) {
        if (!helloed) {
            greet(frame);
        } else if (frame.getTerm() == links.term() && frame.getSession().equals(id.value())) {
            receive(frame);
        } else {
            LOG.debug("frame of another session dropped link={} term={}", id.value(), frame.getTerm());
        }
    }

    private void greet(AgentFrame frame) {
        if (frame.hasProbe()) {
            send(MasterFrame.newBuilder().setLeading(links.leading()).build());
            hangUp("it only asked who leads");
            return;
        }
        if (!frame.hasHello()) {
            cut("the first frame is no Hello");
            return;
        }
        helloed = true;
        afterHello.run();
        var hello = frame.getHello();
        if (hello.hasAccepted()) {
            links.witness().seen(hello.getAccepted());
        }
        LOG.info(
                "link opened link={} remote={} agent={} version={}",
                id.value(),
                channel.remoteAddress(),
                hello.getInfo().getHostname(),
                hello.getVersion());
        links.opened(this);
        pass(new MasterInput.AgentHello(id, hello, String.valueOf(channel.remoteAddress())));
    }

    private void receive(AgentFrame frame) {
        switch (frame.getBodyCase()) {
            case INVENTORY -> pass(new MasterInput.AgentInventory(id, frame.getInventory()));
            case STATUS_UPDATE -> pass(new MasterInput.AgentStatusUpdate(id, frame.getStatusUpdate()));
            case PONG -> pass(new MasterInput.AgentPong(id, frame.getPong().getSequence()));
            case UPDATE_CAPACITY -> pass(new MasterInput.AgentCapacityChanged(id, frame.getUpdateCapacity()));
            case UNREGISTER -> pass(new MasterInput.AgentUnregistered(id));
            case PING -> answer(frame.getPing());
            case FILE_CONTENT -> links.files().answered(id, frame.getFileContent());
            case DEPARTURE ->
                pass(new MasterInput.AgentDeparted(id, frame.getDeparture().getLeader()));
            case REFUSAL -> refused(frame.getRefusal());
            case HELLO, PROBE -> cut("a Hello or Probe in the middle of a session");
            case RENEWAL, BODY_NOT_SET -> LOG.debug("frame of an unknown kind dropped link={}", id.value());
        }
    }

    private void answer(Ping ping) {
        send(MasterFrame.newBuilder()
                .setTerm(links.term())
                .setSession(id.value())
                .setPong(Pong.newBuilder().setSequence(ping.getSequence()))
                .build());
    }

    private void refused(Refusal refusal) {
        links.witness().seen(refusal.getAccepted());
        cut("the agent obeys term " + refusal.getAccepted().getTerm() + " of "
                + refusal.getAccepted().getHolder() + ": " + refusal.getReason());
    }

    private void pass(MasterInput input) {
        if (!links.inbox().offer(input)) {
            held = input;
            channel.config().setAutoRead(false);
            awaitRoom();
        }
    }

    private void awaitRoom() {
        links.inbox().whenRoom(() -> channel.eventLoop().execute(this::passHeld));
    }

    private void passHeld() {
        var input = held;
        if (input == null || !channel.isActive()) {
            return;
        }
        if (links.inbox().offer(input)) {
            held = null;
            channel.config().setAutoRead(true); // Last: what was read meanwhile comes at once.
        } else {
            awaitRoom();
        }
    }

    /** The agent does not read what it is sent: its limit is the channel's high-water mark. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) {
            cut("the agent does not read: more than " + channel.config().getWriteBufferHighWaterMark() + " bytes wait");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            cut("the agent was silent for too long");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        cut(problem.toString());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        var ownReason = end.get();
        var reason = ownReason == null ? "the agent hung up" : ownReason;
        LOG.info("link closed link={} remote={} reason=\"{}\"", id.value(), channel.remoteAddress(), reason);
        if (helloed) {
            links.closed(this);
            links.inbox().put(new MasterInput.LinkClosed(id, reason));
        }
    }

    private void cut(String reason) {
        end.compareAndSet(null, reason);
        var _ = channel.close();
    }
}
