/**
 * Loads modules outside `tests` once per worker, by Node itself, and not once per test file: loading the libraries and
 * our own code, some two thousand files, would be most of the cost of an average test, and warmed-up code would be
 * lost. Module state therefore outlives a test file, as it outlives a request.
 */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Runtime from 'jest-runtime'

const require = createRequire(import.meta.url)
const project = join(import.meta.dirname, '../..')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
const libraries = new Set(Object.keys({ ...dependencies, ...devDependencies }))
// Their default export is a text, or a function beside others, which jest does not pass on.
for (const name of ['opencc-js', 'openapi-typescript']) libraries.delete(name)

// Generators are programs that await at their top level, which `require` can’t do.
const ELSEWHERE = ['tests', 'generators', 'node_modules', '.scoreline'].map((folder) => join(project, folder, '/'))

/** Jest names built-in modules with `node:`; `typebox/value` belongs to the package `typebox`. */
const nameOf = (specifier) => specifier.replace(/^node:/, '')
const isLibrary = (name) => libraries.has(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0])
const isOurs = (name) =>
  /\.[jt]s$/.test(name) && name.startsWith(join(project, '/')) && !ELSEWHERE.some((folder) => name.startsWith(folder))
const isShared = (specifier) => isLibrary(nameOf(specifier)) || isOurs(nameOf(specifier))

/** Jest uses all exports of a built-in module as its default export, too. */
const load = (name) => {
  const loaded = require(name)
  const [first, ...others] = Object.keys(loaded).filter((key) => key !== '__esModule')
  return first === 'default' && others.length === 0 ? loaded.default : loaded
}

/** To jest these modules look like `node:fs`, as built into Node. */
const withShared = (resolver) => {
  const isCore = resolver.isCoreModule
  resolver.isCoreModule = (specifier) => isCore.call(resolver, specifier) || isShared(specifier)
  resolver.hasShared = true
  return resolver
}

export default class RuntimeWithSharedModules extends Runtime {
  constructor(config, environment, resolver, ...rest) {
    super(config, environment, resolver.hasShared ? resolver : withShared(resolver), ...rest)
    const requireCore = this.coreModule.require
    this.coreModule.require = (specifier) =>
      isShared(specifier) ? load(nameOf(specifier)) : requireCore.call(this.coreModule, specifier)
    // They still have a path, which `require.resolve` returns.
    const resolve = this.requireBuilder.resolve
    this.requireBuilder.resolve = (from, specifier, options) =>
      isShared(specifier)
        ? require.resolve(nameOf(specifier))
        : resolve.call(this.requireBuilder, from, specifier, options)
  }
}
