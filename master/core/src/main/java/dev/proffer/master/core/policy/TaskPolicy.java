package dev.proffer.master.core.policy;

import java.util.List;

/**
 * What tasks may do.
 *
 * @param users as whom they may run besides the agent's default user; {@link #ANY} for anybody
 * @param hostAccess whether they may mount the node's folders and share its process ids
 * @param privileged whether they may ask for privileges beyond an ordinary container's
 * @param imagePrefixes what the name of each image must start with; empty for any image
 */
public record TaskPolicy(List<String> users, boolean hostAccess, boolean privileged, List<String> imagePrefixes) {
    public static final String ANY = "*";

    public static final TaskPolicy ANYTHING = new TaskPolicy(List.of(ANY), true, true, List.of());

    public TaskPolicy {
        users = List.copyOf(users);
        imagePrefixes = List.copyOf(imagePrefixes);
    }

    public boolean allowsUser(String user) {
        return users.contains(ANY) || users.contains(user);
    }

    public boolean allowsImage(String image) {
        return imagePrefixes.isEmpty() || imagePrefixes.stream().anyMatch(image::startsWith);
    }
}
