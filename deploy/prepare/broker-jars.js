/** The broker's jars, from Maven. Not needed if KAFKA_BROKERS names a Kafka. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { kitFolder } from '../kits.js'
import { hashOf, readIfThere, root, run } from './run.js'

const pom = join(root, 'deploy', 'broker', 'pom.xml')
const jars = kitFolder('broker')
const stamp = '.pom-hash'

export const brokerJars = {
  title: 'fetching Kafka from Maven',
  needs: ['java', 'mvn'],
  isDone: () => Boolean(process.env.KAFKA_BROKERS) || readIfThere(join(jars, stamp)) === hashOf(pom),
  run: async () => {
    const unfinished = `${jars}.unfinished`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(dirname(jars), { recursive: true })
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`, '-DincludeScope=runtime']
    await run('mvn', ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', pom, ...goal])
    writeFileSync(join(unfinished, stamp), hashOf(pom))
    rmSync(jars, { recursive: true, force: true })
    renameSync(unfinished, jars)
  },
}
