// Generates the jOOQ classes from a PostgreSQL to which the migrations have just been applied, so that the code can only
// ever name what the migrations make. Skipped while neither migrations nor this script are newer than what was generated.
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres
import org.flywaydb.core.Flyway
import org.jooq.codegen.GenerationTool
import org.jooq.meta.jaxb.*

def base = project.basedir
def resources = new File(base, 'src/main/resources/db')
def generated = new File(project.build.directory, 'generated-sources/jooq')
def done = new File(project.build.directory, 'generated-sources/jooq.done')
project.addCompileSourceRoot(generated.path)

def inputs = []
// a folder too: it is newer when a file went
resources.eachFileRecurse { inputs << it }
inputs << new File(base, 'src/codegen/GenerateTables.groovy')
if (done.exists() && inputs.every { it.lastModified() < done.lastModified() }) {
  log.info('Migrations unchanged: keeping the generated tables')
  return
}

EmbeddedPostgres.builder().start().withCloseable { postgres ->
  postgres.postgresDatabase.connection.withCloseable { it.createStatement().execute(new File(resources, 'roles.sql').text) }
  // Maven's own log, which --quiet silences
  Flyway.configure().loggers('slf4j').dataSource(postgres.postgresDatabase)
    .locations("filesystem:${resources}/migration").load().migrate()
  GenerationTool.generate(new Configuration()
    .withLogging(Logging.WARN)
    .withJdbc(new Jdbc().withUrl(postgres.getJdbcUrl('postgres', 'postgres')))
    .withGenerator(new Generator()
      .withDatabase(new Database()
        .withName('org.jooq.meta.postgres.PostgresDatabase')
        .withInputSchema('public')
        .withOutputSchemaToDefault(true)
        .withIncludeExcludeColumns(true)
        .withIncludeIndexes(false)
        // Flyway's own table, btree_gist's functions, the transaction id that only SQL compares, and what only SQL calls
        .withExcludes('flyway_schema_history|gist_.*|gbt.*|gbtree.*|.*_dist|cash_.*|event\\.xid|audit_event\\.xid|audit_event_[0-9].*|audit_block\\.last_xid|(make|drop)_partitions|pin_plans|page_boundaries|emit_payout_events|invariant_violation_.*')
        .withForcedTypes(new ForcedType().withName('INSTANT').withIncludeTypes('timestamptz|timestamp with time zone')))
      .withGenerate(new Generate().withRecords(true).withPojos(false).withDaos(false).withJavadoc(false)
        .withGlobalObjectReferences(true).withNullableAnnotation(true).withNonnullAnnotation(false)
        .withNullableAnnotationType('org.jspecify.annotations.Nullable'))
      .withTarget(new Target().withPackageName('dev.mainstay.db.generated').withDirectory(generated.path))))
}
done.text = ''
