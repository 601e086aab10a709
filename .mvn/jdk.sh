# Finds a JDK 25 for Maven and for what it builds, and exports JAVA_HOME. For bash; read by ./mainstay and .ci/run.

fail() {
  echo "$1" >&2
  exit 1
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$1/release" 2>/dev/null
}

find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" "$(on_path)" \
    /usr/lib/jvm/*25* /opt/*25* /opt/java/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /opt/homebrew/opt/openjdk@25 /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if is_jdk_25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return
    fi
  done
  fail "No JDK 25 found: install one (https://adoptium.net/temurin/releases/?version=25) or set JAVA_HOME to it"
}

on_path() {
  local javac
  javac=$(command -v javac) && dirname "$(dirname "$(readlink -f "$javac")")" || true
}
