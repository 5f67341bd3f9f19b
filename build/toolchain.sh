# Finds the toolchain; source it. Sets JAVA_HOME to a JDK >= 25 and MVN to a Maven >= 3.9, or exits with one line
# that says what to install. An older Maven is good enough to fetch the newer one as an ordinary artifact.

proffer_need_java=25
proffer_need_maven=3.9
proffer_fetch_maven=3.9.11
proffer_cache="${XDG_CACHE_HOME:-$HOME/.cache}/proffer"

# True if version $1 is at least $2 (major and minor alone count).
proffer_at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$2" ]
}

# The major version of the JDK in folder $1; nothing if there is no JDK. Read from its `release` file: no JVM starts.
proffer_jdk_version() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release"
}

proffer_jdk_candidates() {
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    local javac
    if javac="$(command -v javac)"; then
        javac="$(readlink -f "$javac" 2> /dev/null || echo "$javac")"
        echo "${javac%/bin/javac}"
    fi
    local folder
    for folder in /usr/lib/jvm/* "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/*; do
        [ ! -d "$folder" ] || echo "$folder"
    done
    [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v "$proffer_need_java+" 2> /dev/null || true
}

proffer_find_jdk() {
    local folder version
    while read -r folder; do
        version="$(proffer_jdk_version "$folder")"
        if [ "${version:-0}" -ge "$proffer_need_java" ]; then
            echo "$folder"
            return
        fi
    done < <(proffer_jdk_candidates)
    echo "Install a JDK $proffer_need_java or newer (Eclipse Temurin, say) and set JAVA_HOME if it is in an unusual place." >&2
    return 1
}

proffer_find_maven() {
    local fetched="$proffer_cache/apache-maven-$proffer_fetch_maven/bin/mvn" version partial
    if ! command -v mvn > /dev/null; then
        if [ -x "$fetched" ]; then
            echo "$fetched"
            return
        fi
        echo "Install Maven (any 3.x: one older than $proffer_need_maven fetches a newer one by itself)." >&2
        return 1
    fi
    # Asked outside the project, since an old Maven chokes on the project's own .mvn settings.
    version="$(cd / && mvn -version 2> /dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)"
    if proffer_at_least "${version:-0}" "$proffer_need_maven"; then
        command -v mvn
        return
    fi
    if [ ! -x "$fetched" ]; then
        echo "Maven ${version:-unknown} is too old: fetching $proffer_fetch_maven into $proffer_cache" >&2
        mkdir -p "$proffer_cache"
        partial="$(mktemp -d "$proffer_cache/fetching.XXXXXX")"
        if ! (cd "$partial" && mvn -q -B dependency:unpack -DoutputDirectory="$partial" \
            -Dartifact="org.apache.maven:apache-maven:$proffer_fetch_maven:zip:bin" > fetch.log 2>&1); then
            cat "$partial/fetch.log" >&2
            rm -rf "$partial"
            echo "Could not fetch Maven $proffer_fetch_maven: install Maven $proffer_need_maven or newer." >&2
            return 1
        fi
        chmod +x "$partial/apache-maven-$proffer_fetch_maven/bin/mvn"
        # Renamed whole, so that two builds at once do no harm: the second finds it there.
        [ -d "${fetched%/bin/mvn}" ] || mv "$partial/apache-maven-$proffer_fetch_maven" "$proffer_cache/"
        rm -rf "$partial"
    fi
    echo "$fetched"
}

JAVA_HOME="$(proffer_find_jdk)" || exit 1
export JAVA_HOME
MVN="${MVN:-$(proffer_find_maven)}" || exit 1
export MVN

# For programs on a laptop. protobuf's fast path is sun.misc.Unsafe, of which newer JDKs warn.
JAVA_OPTIONS="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --sun-misc-unsafe-memory-access=allow"
LOCAL_JAVA_OPTIONS="$JAVA_OPTIONS -Xmx256m"
