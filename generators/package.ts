/**
 * Makes the tarball for `npm install --global`: sources compiled to JavaScript, the types that extensions are checked
 * against, the built page, and pinned dependencies. Run as `npm run package`; `node generators/package.ts FOLDER` writes it to that folder.
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { builtExports, writeDeclarations } from './declarations.ts'

const root = resolve(import.meta.dirname, '..')
const EXCLUDED = ['.ci', 'client', 'packages', 'tests', 'soak', 'generators', 'dashboard', 'docs', 'examples']
/** Files that only clones need. */
const TOOLS = [
  'deploy/watch.js',
  'deploy/setup-tensorflow.js',
  'deploy/tensorflow/',
  'deploy/containers/',
  'deploy/kubernetes/',
]
const PAGES = ['README.md', 'CHANGELOG.md', 'LICENSE']
/** Fields of the manifest that only clones need. */
const CLONE_ONLY = ['private', 'devDependencies', 'scripts', 'overrides']
/** Packages that only the build of the page needs. */
const PAGE_ONLY = ['vite', 'preact', '@preact/preset-vite']

async function makePackage(folder: string): Promise<string> {
  const staging = join(folder, 'package')
  rmSync(staging, { recursive: true, force: true })
  await stagePackage(staging)
  await pinDependencies(staging)
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: staging,
  })
  const packed = JSON.parse(stdout) as readonly { readonly filename: string }[]
  return join(folder, packed[0]!.filename)
}

/** Writes the contents of the tarball, except for the list of pinned dependencies. */
export async function stagePackage(staging: string): Promise<void> {
  for (const file of await packagedFiles()) {
    const target = join(staging, file)
    mkdirSync(dirname(target), { recursive: true })
    if (!file.endsWith('.ts')) cpSync(join(root, file), target)
    else if (!file.endsWith('.d.ts'))
      writeFileSync(target.replace(/ts$/, 'js'), javascriptOf(readFileSync(join(root, file), 'utf8')))
  }
  cpSync(join(root, 'dashboard', 'dist'), join(staging, 'dashboard', 'dist'), { recursive: true })
  writeDeclarations(root, Object.values(readManifest().exports), staging)
  writeManifest(staging)
}

/** Returns the tracked files, so that no stray file enters a package. */
async function packagedFiles(): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 2 ** 26 })
  return stdout.split('\0').filter((file) => {
    const [folder, ...below] = file.split('/')
    if (below.length === 0) return PAGES.includes(file) || ['main.ts', 'config.ts'].includes(file)
    return !EXCLUDED.includes(folder!) && !TOOLS.some((tool) => file.startsWith(tool))
  })
}

/** Worker threads are started by the URL of their file, which the compiler does not rewrite. */
const ADDRESS = /(new URL\(\s*['"]\.[^'"]+)\.ts(['"])/g

export function javascriptOf(source: string): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  return outputText.replace(ADDRESS, '$1.js$2')
}

interface Manifest {
  dependencies: Record<string, string>
  exports: Record<string, string>
  [field: string]: unknown
}

function writeManifest(staging: string): void {
  const { exports, ...manifest } = readManifest()
  for (const field of CLONE_ONLY) delete manifest[field]
  for (const name of PAGE_ONLY) delete manifest.dependencies[name]
  const built = { ...manifest, exports: builtExports(exports) }
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(built, null, 2)}\n`)
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
}

/**
 * Pins the dependencies in npm-shrinkwrap.json, which npm honours when it installs a package, unlike package-lock.json.
 */
async function pinDependencies(staging: string): Promise<void> {
  const lock = join(staging, 'package-lock.json')
  cpSync(join(root, 'package-lock.json'), lock)
  cpSync(join(root, '.npmrc'), join(staging, '.npmrc'))
  await promisify(execFile)('npm', ['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline'], {
    cwd: staging,
  })
  renameSync(lock, join(staging, 'npm-shrinkwrap.json'))
}

if (import.meta.main) {
  const folder = resolve(process.argv[2] ?? '.')
  console.log(await makePackage(folder))
  rmSync(join(folder, 'package'), { recursive: true, force: true })
}
