/**
 * Makes the tarball of the typed API client for other programs. Run as `npm run package:client`; `node
 * generators/client.ts FOLDER` writes it to that folder.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { describeApi } from './describe-api.ts'

const root = resolve(import.meta.dirname, '..')
const WRITTEN = ['index.js', 'index.d.ts', 'README.md']

/** Writes the contents of the tarball. */
export async function stageClient(staging: string): Promise<void> {
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true })
  for (const file of WRITTEN) cpSync(join(root, 'client', file), join(staging, file))
  cpSync(join(root, 'LICENSE'), join(staging, 'LICENSE'))
  const types = await openapiTS((await describeApi()) as unknown as OpenAPI3)
  writeFileSync(join(staging, 'api.d.ts'), astToString(types))
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
}

function manifest(): object {
  const { version, license, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string
    readonly license: string
    readonly devDependencies: Readonly<Record<string, string>>
  }
  return {
    ...{ name: 'scoreline-client', version, license, description: 'Typed client of the Scoreline API', type: 'module' },
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: [...WRITTEN, 'api.d.ts', 'LICENSE'],
    dependencies: { 'openapi-fetch': devDependencies['openapi-fetch'] },
  }
}

async function makeClient(folder: string): Promise<string> {
  const staging = join(folder, 'client')
  await stageClient(staging)
  const words = ['pack', '--json', '--pack-destination', folder]
  const { stdout } = await promisify(execFile)('npm', words, { cwd: staging })
  rmSync(staging, { recursive: true, force: true })
  const packed = JSON.parse(stdout) as readonly { readonly filename: string }[]
  return join(folder, packed[0]!.filename)
}

if (import.meta.main) console.log(await makeClient(resolve(process.argv[2] ?? root)))
