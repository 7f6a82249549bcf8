/**
 * Libraries are loaded once per worker, by Node itself, and not anew for each test file: the platform's read two
 * thousand files, half of what an average test costs. Our own modules are new in each file, as ever.
 */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import Runtime from 'jest-runtime'

const require = createRequire(import.meta.url)
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
const libraries = new Set(Object.keys({ ...dependencies, ...devDependencies }))
// What they export by default is a text, or a function beside others, which jest does not pass on.
for (const name of ['opencc-js', 'openapi-typescript']) libraries.delete(name)

/** Jest writes what Node brings with `node:`; `typebox/value` is of the package `typebox`. */
const nameOf = (specifier) => specifier.replace(/^node:/, '')
const isLibrary = (specifier) => libraries.has(/^(?:@[^/]+\/)?[^/]+/.exec(nameOf(specifier))?.[0])

/** To jest they are like `node:fs`: something that Node brings. */
const withLibraries = (resolver) => {
  const isCore = resolver.isCoreModule
  resolver.isCoreModule = (specifier) => isCore.call(resolver, specifier) || isLibrary(specifier)
  resolver.hasLibraries = true
  return resolver
}

export default class RuntimeWithLibraries extends Runtime {
  constructor(config, environment, resolver, ...rest) {
    super(config, environment, resolver.hasLibraries ? resolver : withLibraries(resolver), ...rest)
    const requireCore = this.coreModule.require
    this.coreModule.require = (specifier) =>
      isLibrary(specifier) ? require(nameOf(specifier)) : requireCore.call(this.coreModule, specifier)
    // They have a place on the disk all the same, which `require.resolve` tells.
    const resolve = this.requireBuilder.resolve
    this.requireBuilder.resolve = (from, specifier, options) =>
      isLibrary(specifier) ? require.resolve(specifier) : resolve.call(this.requireBuilder, from, specifier, options)
  }
}
