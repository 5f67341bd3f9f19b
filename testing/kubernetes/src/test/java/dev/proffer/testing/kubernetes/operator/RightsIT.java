package dev.proffer.testing.kubernetes.operator;

import static org.awaitility.Awaitility.await;

import dev.proffer.testing.kubernetes.Access;
import dev.proffer.testing.kubernetes.TestKubernetes;
import dev.proffer.testing.programs.Built;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may do what, once a ProfferCluster has been converged. */
class RightsIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.ofItsOwn();

    /** Who, what, in which namespace (- for the cluster), and whether. */
    private static final String MATRIX = """
            operator | patch profferclusters.proffer.dev/status   | proffer | yes
            operator | create daemonsets.apps                     | proffer | yes
            operator | create daemonsets.apps                     | team-a  | no
            operator | create deployments.apps                    | team-a  | no
            operator | get secrets                                | proffer | yes
            operator | get secrets                                | team-a  | no
            operator | list secrets                               | team-a  | no
            operator | get secrets                                | team-b  | yes
            operator | create secrets                             | team-b  | yes
            operator | list secrets                               | team-b  | no
            operator | patch secrets                              | team-b  | no
            operator | create deployments.apps                    | team-b  | no
            operator | patch frameworks.proffer.dev/status        | team-a  | yes
            operator | delete frameworks.proffer.dev              | team-a  | no
            operator | create clusterroles.rbac.authorization.k8s.io | - | no
            operator | create clusterrolebindings.rbac.authorization.k8s.io | - | no
            operator | escalate roles.rbac.authorization.k8s.io   | proffer | no
            operator | bind roles.rbac.authorization.k8s.io       | proffer | no
            operator | impersonate users                          | -       | no
            operator | create pods                                | proffer | no
            operator | delete pods                                | proffer | no
            operator | create pods/exec                           | proffer | no
            operator | delete customresourcedefinitions.apiextensions.k8s.io | - | no
            operator | get nodes                                  | -       | no
            operator | create serviceaccounts/token               | proffer | no
            master   | create leases.coordination.k8s.io          | proffer | yes
            master   | update leases.coordination.k8s.io/proffer-master | proffer | yes
            master   | update leases.coordination.k8s.io/another  | proffer | no
            master   | update agents.proffer.dev/status           | proffer | yes
            master   | create agents.proffer.dev                  | proffer | yes
            master   | update quotas.proffer.dev/status           | proffer | yes
            master   | update quotas.proffer.dev                  | proffer | no
            master   | update roles.proffer.dev                   | proffer | no
            master   | update profferclusters.proffer.dev         | proffer | no
            master   | update endpointslices.discovery.k8s.io/proffer-agent-link | proffer | yes
            master   | update endpointslices.discovery.k8s.io/another | proffer | no
            master   | update frameworks.proffer.dev/status       | team-a  | yes
            master   | update frameworks.proffer.dev              | team-a  | no
            master   | create tokenreviews.authentication.k8s.io  | -       | yes
            master   | list nodes                                 | -       | yes
            master   | get customresourcedefinitions.apiextensions.k8s.io/roles.proffer.dev | - | yes
            master   | get customresourcedefinitions.apiextensions.k8s.io | - | no
            master   | get namespaces/proffer                     | proffer | yes
            master   | get namespaces/team-a                      | -       | no
            master   | patch nodes                                | -       | no
            master   | list pods                                  | proffer | no
            master   | get secrets                                | proffer | no
            agent    | get agents.proffer.dev                     | proffer | no
            agent    | get pods                                   | proffer | no
            agent    | get nodes                                  | -       | no
            agent    | create tokenreviews.authentication.k8s.io  | -       | no
            tenant   | create frameworks.proffer.dev              | team-a  | yes
            tenant   | patch frameworks.proffer.dev/status        | team-a  | no
            tenant   | create frameworks.proffer.dev              | proffer | no
            tenant   | create roles.proffer.dev                   | team-a  | no
            tenant   | create quotas.proffer.dev                  | team-a  | no
            tenant   | create profferclusters.proffer.dev         | team-a  | no
            tenant   | list roles.proffer.dev                     | proffer | no
            admin    | create quotas.proffer.dev                  | proffer | yes
            admin    | patch agents.proffer.dev                   | proffer | yes
            admin    | delete agents.proffer.dev                  | proffer | no
            admin    | patch quotas.proffer.dev/status            | proffer | no
            """;

    @Test
    void everybodyMayDoWhatTheyNeedAndNoMore() throws Exception {
        var install = Install.into(kubernetes);
        kubernetes.kubectl().get("create", "namespace", "team-a");
        kubernetes.kubectl().get("create", "namespace", "team-b");
        kubernetes
                .kubectl()
                .get(
                        "create",
                        "rolebinding",
                        "proffer-credentials",
                        "-n",
                        "team-b",
                        "--clusterrole=proffer-credentials",
                        "--serviceaccount=proffer:proffer-operator");
        bind("team-a", "edit", "tina");
        bind("proffer", "proffer-admin", "ada");
        try (var _ = install.operator()) {
            kubernetes
                    .kubectl()
                    .apply(Built.file("manifests/examples/cluster.yaml"))
                    .expectSuccess();
            await().atMost(Install.PATIENCE)
                    .until(() -> kubernetes
                                    .kubectl()
                                    .run("get", "rolebinding", "proffer-master", "-n", "proffer")
                                    .code()
                            == 0);
        }
        // Roles are aggregated a moment after they are made.
        await().atMost(Install.PATIENCE)
                .until(() -> answer("tenant", "create frameworks.proffer.dev", "team-a"), "yes"::equals);
        var softly = new SoftAssertions();
        MATRIX.lines().map(line -> line.split("\\|")).forEach(row -> {
            var who = row[0].strip();
            var what = row[1].strip();
            var namespace = row[2].strip();
            softly.assertThat(answer(who, what, namespace))
                    .as(who + ": " + what + " in " + namespace)
                    .isEqualTo(row[3].strip());
        });
        softly.assertAll();
    }

    private static void bind(String namespace, String role, String user) {
        kubernetes
                .kubectl()
                .get("create", "rolebinding", user, "-n", namespace, "--clusterrole=" + role, "--user=" + user);
    }

    private static String answer(String who, String what, String namespace) {
        var arguments = new ArrayList<>(List.of("auth", "can-i"));
        arguments.addAll(List.of(what.split(" ")));
        var subresource = arguments.getLast().matches(".*/(status|exec|token)") ? arguments.removeLast() : "";
        if (!subresource.isEmpty()) {
            int slash = subresource.indexOf('/');
            arguments.add(subresource.substring(0, slash));
            arguments.add("--subresource=" + subresource.substring(slash + 1));
        }
        if (!namespace.equals("-")) {
            arguments.addAll(List.of("-n", namespace));
        }
        return kubernetes.kubectl(access(who)).run(arguments, "").out().strip();
    }

    private static Access access(String who) {
        return switch (who) {
            case "tenant" -> kubernetes.access().as("tina", "system:authenticated");
            case "admin" -> kubernetes.access().as("ada", "system:authenticated");
            default -> kubernetes.access().asServiceAccount("proffer", "proffer-" + who);
        };
    }
}
