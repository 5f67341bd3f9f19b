package dev.proffer.master.core;

import dev.proffer.protocol.v1.MasterInfo;

/**
 * What a master leads with, for one term.
 *
 * @param term a number that only grows, one for each leader
 * @param holder who leads: the pod's name and a random process id
 * @param clusterUid which cluster this is; agents refuse another one's master
 * @param masterId random for each term; framework, agent and offer ids start with it
 * @param info what subscribers are told about this master
 */
public record Leadership(long term, String holder, String clusterUid, String masterId, MasterInfo info) {
    public Leadership {
        if (term < 1) {
            throw new IllegalArgumentException("a term starts at 1, but is " + term);
        }
        if (masterId.isEmpty()) {
            throw new IllegalArgumentException("a master needs an id");
        }
    }
}
