package dev.proffer.agent.core;

import java.time.Duration;

/**
 * An agent's intervals and time-outs.
 *
 * @param redialFirst the longest wait before the first attempt to dial again; it doubles up to {@code redialMost}
 * @param refusalFirst the same after a master would not have this agent, up to {@code refusalMost}
 * @param handshake from dialling to being registered
 * @param ping between pings
 * @param probe between looks for another leader while the own one may have lost the lead
 * @param silence a link on which nothing is heard for so long is dead, unless the master says otherwise
 * @param resendFirst how long an update may stay unacknowledged; it doubles up to {@code resendMost}
 * @param recordAgain between attempts to write to a disk that failed
 * @param killGrace between SIGTERM and SIGKILL where nobody says otherwise
 * @param stopGraceMost the longest such grace when the agent itself ends its tasks
 * @param killAgain between attempts to end what survived SIGKILL
 */
public record AgentTiming(
        Duration redialFirst,
        Duration redialMost,
        Duration refusalFirst,
        Duration refusalMost,
        Duration handshake,
        Duration ping,
        Duration probe,
        Duration silence,
        Duration resendFirst,
        Duration resendMost,
        Duration recordAgain,
        Duration killGrace,
        Duration stopGraceMost,
        Duration killAgain) {

    /** Mesos' intervals where it has them. A dial is cheap, so it is tried again within two seconds. */
    public static AgentTiming defaults() {
        return new AgentTiming(
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
    }

    public AgentTiming withKillGrace(Duration grace) {
        return new AgentTiming(
                redialFirst,
                redialMost,
                refusalFirst,
                refusalMost,
                handshake,
                ping,
                probe,
                silence,
                resendFirst,
                resendMost,
                recordAgain,
                grace,
                stopGraceMost,
                killAgain);
    }
}
