# ./mainstay for Windows, but for `bench`: finds a JDK, builds what changed since the last build, and runs the launcher.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$jar = 'sandbox/target/mainstay.jar'

function Test-Jdk25($candidate) {
  $candidate -and (Test-Path "$candidate/bin/javac*") -and
    ((Get-Content "$candidate/release" -ErrorAction SilentlyContinue) -match '^JAVA_VERSION="(2[5-9]|[3-9]\d)')
}

function Find-Jdk {
  $folders = "$env:ProgramFiles/Eclipse Adoptium/*25*", "$env:ProgramFiles/Java/*25*", "$env:ProgramFiles/Microsoft/*25*"
  $candidates = @($env:JAVA_HOME) + (Get-Item $folders -ErrorAction SilentlyContinue).FullName
  $env:JAVA_HOME = $candidates | Where-Object { Test-Jdk25 $_ } | Select-Object -First 1
  if (-not $env:JAVA_HOME) {
    [Console]::Error.WriteLine('No JDK 25 found: winget install EclipseAdoptium.Temurin.25.JDK, or set JAVA_HOME to one')
    exit 1
  }
}

function Build {
  if (Test-Path $jar) {
    $built = (Get-Item $jar).LastWriteTime
    $sources = Get-ChildItem pom.xml, */pom.xml, */src/main, db/src -Recurse
    if (-not ($sources | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1)) { return }
  }
  Write-Host 'Building (a minute or two the first time) ...'
  ./mvnw.cmd --quiet --no-transfer-progress -DskipTests -pl sandbox -am package
  if ($LASTEXITCODE) { exit $LASTEXITCODE }
  (Get-Item $jar).LastWriteTime = Get-Date
}

function Show-Commands {
  @'
Usage: ./mainstay.ps1 COMMAND [--help]

  up         start everything on this machine, show where it is, stay until Ctrl-C
  down       stop everything; the data is kept
  status     show where everything is (--json: for scripts)
  load       send purchases at a rate or in a flood, measure, check that nothing is lost
  worker     add a worker host to the running sandbox
  key        make, list, rotate and revoke API keys
  audit      prove that the audit log is unchanged
  temporal   the pinned Temporal CLI, on the sandbox's address
  test       run all tests
'@
}

if (-not $args) {
  Show-Commands
  exit 0
}
Find-Jdk
if ($args[0] -eq 'test') {
  ./mvnw.cmd --no-transfer-progress verify @($args | Select-Object -Skip 1)
} else {
  Build
  & "$env:JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar $jar @args
}
exit $LASTEXITCODE
