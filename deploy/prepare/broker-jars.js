/** The broker's jars, from Maven. Not needed where KAFKA_BROKERS names a Kafka. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf, readIfThere, root, run } from './run.js'

const folder = join(root, 'deploy', 'broker')
const pom = join(folder, 'pom.xml')
const jars = join(folder, 'lib')
const stamp = '.pom-hash'

export const brokerJars = {
  title: 'fetching Kafka from Maven',
  needs: ['java', 'mvn'],
  isDone: () => Boolean(process.env.KAFKA_BROKERS) || readIfThere(join(jars, stamp)) === hashOf(pom),
  run: async () => {
    const unfinished = `${jars}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`, '-DincludeScope=runtime']
    await run('mvn', ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', pom, ...goal])
    writeFileSync(join(unfinished, stamp), hashOf(pom))
    rmSync(jars, { recursive: true, force: true })
    renameSync(unfinished, jars)
  },
}
