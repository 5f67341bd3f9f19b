package dev.proffer.master.core.policy;

import dev.proffer.model.Principal;

/** Who is meant by a rule. */
public sealed interface Subject {
    /** Any namespace, or any name. */
    String ANY = "*";

    boolean includes(Principal principal);

    record User(String name) implements Subject {
        @Override
        public boolean includes(Principal principal) {
            return name.equals(principal.name());
        }
    }

    record Group(String name) implements Subject {
        @Override
        public boolean includes(Principal principal) {
            return principal.groups().contains(name);
        }
    }

    /** Either may be {@link #ANY}. */
    record ServiceAccount(String namespace, String name) implements Subject {
        @Override
        public boolean includes(Principal principal) {
            return principal
                    .serviceAccount()
                    .filter(account -> matches(namespace, account.namespace()) && matches(name, account.name()))
                    .isPresent();
        }

        private static boolean matches(String pattern, String value) {
            return pattern.equals(ANY) || pattern.equals(value);
        }
    }
}
