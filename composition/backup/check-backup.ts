import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandContext } from '../context.ts'
import { openRegistry, wantedTopics } from '../kafka.ts'
import { schemaSums } from './schema-sums.ts'
import { sumOfFile, type FileSum } from './framed-file.ts'
import { MANIFEST, parseManifest, pathOfPartition, pathOfTable, type Manifest } from './manifest.ts'

/** Reads a backup’s manifest and checks every file against it. Throws, naming the file, if the backup is not whole. */
export async function checkedManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} has no ${MANIFEST}: it is no backup, or one that was interrupted. Take another.`, {
      cause,
    })
  })
  const manifest = parseManifest(text, path)
  for (const [file, expected] of filesOf(manifest)) await checkFile(join(folder, file), expected)
  return manifest
}

function* filesOf({ topics, tables }: Manifest): Generator<readonly [string, FileSum]> {
  for (const { name, partitions } of topics)
    for (const [partition, sum] of partitions.entries()) yield [pathOfPartition(name, partition), sum]
  for (const table of tables) yield [pathOfTable(table.name), table]
}

async function checkFile(path: string, { bytes, sha256 }: FileSum): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Error(`${path} is missing from the backup. Take another, or bring the file back.`, { cause })
  })
  const isSame = found.size === bytes && (await sumOfFile(path)).sha256 === sha256
  if (!isSame) throw new Error(`${path} is damaged: it does not match its checksum. Bring it back from another copy.`)
}

/** Throws unless this program, as configured, can go on with the backup. `migrations`: those that this program knows. */
export async function checkFits(
  { config, log }: CommandContext,
  manifest: Manifest,
  migrations: readonly string[],
): Promise<void> {
  const prefix = config.TOPIC_PREFIX ?? ''
  if (manifest.topicPrefix !== prefix)
    throw new Error(
      `The backup is of the topics with the prefix ${JSON.stringify(manifest.topicPrefix)}, and TOPIC_PREFIX is ` +
        `${JSON.stringify(prefix)}: positions name the topics, so set it to that of the backup.`,
    )
  const differing = [
    ...manifest.migrations.filter((name) => !migrations.includes(name)),
    ...migrations.filter((name) => !manifest.migrations.includes(name)),
  ]
  if (differing.length > 0)
    throw new Error(
      `The backup's tables have another version (it was made by ${manifest.version}; migration ${differing[0]}): ` +
        'restore with the version of the program that made it, and upgrade afterwards.',
    )
  const known = schemaSums(await openRegistry(config, log))
  const unknown = Object.entries(manifest.schemas).find(([id, sum]) => known[id] !== sum)
  if (unknown !== undefined)
    throw new Error(
      `The backup's messages have a schema ${unknown[0]} that this program, with its registry and extensions, does not know: ` +
        `restore with the version ${manifest.version}, the same SCORELINE_EXTENSIONS and the same registry.`,
    )
  for (const { name, partitions } of wantedTopics(config)) {
    const found = manifest.topics.find((topic) => topic.name === name)
    if (found?.partitions.length === partitions) continue
    throw new Error(
      found === undefined
        ? `The backup lacks the topic ${name}: restore with the version ${manifest.version} and the same SCORELINE_EXTENSIONS.`
        : `${name} has ${found.partitions.length} partitions in the backup, and TOPIC_PARTITIONS makes it ${partitions}: configure the count of the backup.`,
    )
  }
}
