package dev.proffer.master.edge.http.operator;

import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.model.Principal;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.util.Optional;

/**
 * Who may read sandboxes. What tasks print may be secret, unlike the rest of the state: so whoever proves to be the framework's
 * principal, and who may look on behalf of the cluster's administrator.
 */
public final class FileReaders {
    private final Optional<Principal.ServiceAccount> viewer;

    private FileReaders(Optional<Principal.ServiceAccount> viewer) {
        this.viewer = viewer;
    }

    /** Where anybody may do anything. */
    public static FileReaders anybody() {
        return new FileReaders(Optional.empty());
    }

    /** @param namespace the cluster's */
    public static FileReaders ofCluster(String namespace) {
        return new FileReaders(Optional.of(new Principal.ServiceAccount(namespace, ClusterAccess.VIEWER)));
    }

    boolean mayRead(Identity identity, FrameworkInfo framework) {
        return viewer.isEmpty()
                || identity.principal()
                        .filter(who -> who.serviceAccount().equals(viewer)
                                || (framework.hasPrincipal()
                                        && framework.getPrincipal().equals(who.name())))
                        .isPresent();
    }
}
