package dev.proffer.master.edge;

import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.Address;
import dev.proffer.protocol.v1.MasterInfo;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where clients reach a master.
 *
 * @param ip of the host as text; of no use if the name could not be resolved
 */
record MasterAddress(String host, String ip, int packedIp, int port) {
    private static final String NOWHERE = "0.0.0.0";

    /** Resolves the name; may block. */
    static MasterAddress resolve(String host, int port) {
        try {
            var resolved = InetAddress.getByName(host);
            return new MasterAddress(
                    host, resolved.getHostAddress(), resolved instanceof Inet4Address v4 ? packed(v4) : 0, port);
        } catch (UnknownHostException onlyClientsKnowIt) {
            return new MasterAddress(host, NOWHERE, 0, port);
        }
    }

    static String hostAndPort(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    MasterInfo info(String masterId, MasterIdentity identity) {
        var info = MasterInfo.newBuilder()
                .setId(masterId)
                .setIp(packedIp)
                .setPort(port)
                .setPid("master@" + ip + ":" + port)
                .setHostname(host)
                .setVersion(identity.version())
                .setAddress(Address.newBuilder().setHostname(host).setIp(ip).setPort(port));
        identity.domain().map(DomainConversion::write).ifPresent(info::setDomain);
        return info.build();
    }

    /** Mesos keeps the bytes in network order, whatever the machine's own is; ours are read on little-endian ones. */
    private static int packed(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }
}
