/**
 * Modules outside of `tests` are loaded once per worker, by Node itself, and not anew for each test file: libraries and
 * our own, some two thousand files, would be most of what an average test costs, and what they have warmed up would be
 * lost. So what a module keeps outlives a test file, as it outlives a request.
 */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Runtime from 'jest-runtime'

const require = createRequire(import.meta.url)
const project = join(import.meta.dirname, '../..')
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
const libraries = new Set(Object.keys({ ...dependencies, ...devDependencies }))
// What they export by default is a text, or a function beside others, which jest does not pass on.
for (const name of ['opencc-js', 'openapi-typescript']) libraries.delete(name)

// Generators are programs too, which wait at their top level: `require` can't do that.
const ELSEWHERE = ['tests', 'generators', 'node_modules', '.scoreline'].map((folder) => join(project, folder, '/'))

/** Jest writes what Node brings with `node:`; `typebox/value` is of the package `typebox`. */
const nameOf = (specifier) => specifier.replace(/^node:/, '')
const isLibrary = (name) => libraries.has(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0])
const isOurs = (name) =>
  /\.[jt]s$/.test(name) && name.startsWith(join(project, '/')) && !ELSEWHERE.some((folder) => name.startsWith(folder))
const isShared = (specifier) => isLibrary(nameOf(specifier)) || isOurs(nameOf(specifier))

/** Jest takes all that a module of Node exports for its default, too. */
const load = (name) => {
  const loaded = require(name)
  const [first, ...others] = Object.keys(loaded).filter((key) => key !== '__esModule')
  return first === 'default' && others.length === 0 ? loaded.default : loaded
}

/** To jest they are like `node:fs`: something that Node brings. */
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
    // They have a place on the disk all the same, which `require.resolve` tells.
    const resolve = this.requireBuilder.resolve
    this.requireBuilder.resolve = (from, specifier, options) =>
      isShared(specifier)
        ? require.resolve(nameOf(specifier))
        : resolve.call(this.requireBuilder, from, specifier, options)
  }
}
