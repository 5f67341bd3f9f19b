package dev.proffer.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What can be set of the operator: {@code PROFFER_OPERATOR_IMAGES_MASTER=…} and the like. */
@ConfigMapping(prefix = "proffer.operator")
interface OperatorSettings {
    /** Tells operators apart in events: the pod's name. */
    @WithDefault("${HOSTNAME:operator}")
    String name();

    /** The version that clusters run which name none. */
    @WithDefault("${quarkus.application.version:0}")
    String version();

    Images images();

    /** What clusters run that name no images of their own. */
    interface Images {
        /** The master's image. */
        @WithDefault("proffer/master:${proffer.operator.version}")
        String master();

        /** The agent's image. */
        @WithDefault("proffer/agent:${proffer.operator.version}")
        String agent();

        /** The image of the pods that hold a pool's share of a node: any that sleeps. */
        @WithDefault("proffer/pause:1")
        String holder();
    }
}
