package dev.proffer.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** As the jar was built. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var built = Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
        return new String[] {"kubectl-proffer " + built.orElse("of an unknown version")};
    }
}
