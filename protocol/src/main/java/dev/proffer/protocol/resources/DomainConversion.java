package dev.proffer.protocol.resources;

import dev.proffer.model.FaultDomain;
import dev.proffer.protocol.v1.DomainInfo;
import java.util.Optional;

/** Fault domains between the wire and the model. */
public final class DomainConversion {
    private DomainConversion() {}

    /** The fault domain, or nothing if the message names none. */
    public static Optional<FaultDomain> read(DomainInfo wire) {
        if (!wire.hasFaultDomain()) {
            return Optional.empty();
        }
        var domain = wire.getFaultDomain();
        return Optional.of(
                new FaultDomain(domain.getRegion().getName(), domain.getZone().getName()));
    }

    public static DomainInfo write(FaultDomain domain) {
        var wire = DomainInfo.newBuilder();
        wire.getFaultDomainBuilder().getRegionBuilder().setName(domain.region());
        wire.getFaultDomainBuilder().getZoneBuilder().setName(domain.zone());
        return wire.build();
    }
}
