# ./mainstay for Windows, but for `bench` and the cache for quick starts: finds a JDK, builds what changed since the last
# build, and runs the launcher.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$jar = 'sandbox/target/quick/mainstay.jar'
$began = Get-Date

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

function Say($step) {
  [Console]::Error.WriteLine('{0,4} s  {1}' -f [int]((Get-Date) - $began).TotalSeconds, $step)
}

# The Temporal CLI is built by Go, once, beside what Maven builds.
function Start-TemporalBuild {
  $source = 'sandbox/src/main/java/dev/mainstay/sandbox/server/TemporalBinary.java'
  Start-Process "$env:JAVA_HOME/bin/java" '-XX:TieredStopAtLevel=1', '--class-path', 'sandbox/src/main/java', $source -NoNewWindow -PassThru
}

# The quick build: the product without tests and checks.
function Build {
  if (Test-Path $jar) {
    $built = (Get-Item $jar).LastWriteTime
    $sources = Get-ChildItem pom.xml, */pom.xml, */src/main, db/src/codegen -Recurse
    if (-not ($sources | Where-Object { $_.LastWriteTime -gt $built } | Select-Object -First 1)) { return }
  }
  # Maven keeps what came from a source that is gone
  Remove-Item */target/quick/classes, */target/quick/generated-sources/jte -Recurse -Force -ErrorAction SilentlyContinue
  $temporal = Start-TemporalBuild
  $env:MAVEN_OPTS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC $env:MAVEN_OPTS"
  New-Item target -ItemType Directory -Force | Out-Null
  ./mvnw.cmd --batch-mode -Dquick '-Daether.dependencyCollector.impl=bf' -T 1C -pl sandbox -am package | Tee-Object target/quick.log | ForEach-Object {
    if ($_ -match '^\[INFO\] Building Mainstay: (.*?) \d') { Say "building $($Matches[1])" }
    elseif ($_ -match '^\[ERROR\] ') { [Console]::Error.WriteLine($_) }
  }
  if ($LASTEXITCODE) {
    [Console]::Error.WriteLine('The build failed: target/quick.log has all of it')
    exit 1
  }
  (Get-Item $jar).LastWriteTime = Get-Date
  Say 'Mainstay is built'
  $temporal.WaitForExit()
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
  recover    start again what is unfinished and Temporal does not run
  temporal   the pinned Temporal CLI, on the sandbox's address
  test       run all tests; --faults: the long ones
'@
}

if (-not $args) {
  Show-Commands
  exit 0
}
Find-Jdk
if ($args[0] -eq 'test') {
  $options = @($args | Select-Object -Skip 1)
  $goal = @('verify')
  if ($options[0] -eq '--faults') {
    $options = @($options | Select-Object -Skip 1)
    $seeds = 3
    if ($options[0] -eq '--seeds') {
      $seeds = $options[1]
      $options = @($options | Select-Object -Skip 2)
    }
    $goal = @('test', '-Dgroups=faults | seeds', '-DexcludedGroups=', "-Dmainstay.faults.seeds=$seeds")
  }
  Start-TemporalBuild | Out-Null
  ./mvnw.cmd --no-transfer-progress -T 2 @goal @options
} else {
  Build
  $launcher = @('-jar', $jar)
  if ($env:MAINSTAY_MODULES) {
    # jars of processes that are added, separated by semicolons
    $launcher = @('-cp', "$jar;$env:MAINSTAY_MODULES", 'dev.mainstay.sandbox.MainstayCommand')
  }
  & "$env:JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow @launcher @args
}
exit $LASTEXITCODE
