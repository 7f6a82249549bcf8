/** Pretrained text backbones, from Maven; each in a folder of its own under deploy/backbone/lib. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kitFolder } from '../kits.js'
import { findProgram, hashOf, readIfThere, root, run } from './run.js'

const folder = join(root, 'deploy', 'backbone')
const pom = join(folder, 'pom.xml')
const list = join(folder, 'backbones.json')
const lib = kitFolder('backbone')
const stamp = '.made-of'

const wanted = () => `${hashOf(pom)} ${hashOf(list)}`

export const backbones = {
  title: 'fetching the backbones that read texts from Maven',
  needs: ['mvn'],
  // Only text models need them: a machine without Maven works without them, and training such a model reports it.
  isDone: () => !['java', 'mvn'].every(findProgram) || readIfThere(join(lib, stamp)) === wanted(),
  run: async () => {
    const unpacked = `${lib}.unpacked`
    const unfinished = `${lib}.unfinished`
    for (const old of [unpacked, unfinished]) rmSync(old, { recursive: true, force: true })
    const goal = [
      'dependency:unpack-dependencies',
      `-DoutputDirectory=${unpacked}`,
      '-Dmdep.unpack.includes=*.onnx,*tokenizer.json',
      // Directory of the markers by which the plug-in remembers what it has unpacked.
      `-DmarkersDirectory=${join(unpacked, 'markers')}`,
    ]
    await run('mvn', ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', pom, ...goal])
    for (const { name, files, ...about } of JSON.parse(readFileSync(list, 'utf8'))) {
      mkdirSync(join(unfinished, name), { recursive: true })
      const sums = {}
      for (const [file, { from, sha256 }] of Object.entries(files)) {
        const path = join(unpacked, from)
        const sum = hashOf(path)
        if (sum !== sha256)
          throw new Error(
            `${from} of ${name} has the SHA-256 ${sum}, but ${sha256} is expected: it is not the published file.`,
          )
        renameSync(path, join(unfinished, name, file))
        sums[file] = sha256
      }
      writeFileSync(
        join(unfinished, name, 'backbone.json'),
        `${JSON.stringify({ name, ...about, sha256: sums }, null, 2)}\n`,
      )
    }
    writeFileSync(join(unfinished, stamp), wanted())
    rmSync(lib, { recursive: true, force: true })
    renameSync(unfinished, lib)
    rmSync(unpacked, { recursive: true, force: true })
  },
}
