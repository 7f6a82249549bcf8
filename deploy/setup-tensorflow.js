#!/usr/bin/env node
/**
 * `npm run setup:tensorflow`: native TensorFlow for training, which without it runs on wasm. The package's own install
 * fetches libtensorflow from outside the registries and so fails on a closed machine; here it comes from the Python
 * package index, and only the binding is built. Nothing of it is in package.json: after `npm ci` it has to be run
 * again, and then takes the library that it has unpacked before.
 */
import { withLock } from './prepare/lock.js'
import { findProgram, showStep } from './prepare/run.js'
import { binding } from './tensorflow/binding.js'
import { library } from './tensorflow/library.js'
import { nodePackage } from './tensorflow/node-package.js'
import { trial } from './tensorflow/trial.js'

/** In the order of their needs. */
const steps = [nodePackage, library, binding, trial]

/** @param {string} message */
const fail = (message) => {
  console.error(`\nscoreline: ${message}`)
  process.exit(1)
}

const pending = () => steps.filter((step) => !step.isDone())

if (process.platform !== 'linux' || process.arch !== 'x64')
  fail('native TensorFlow can be built on Linux on x64 only; training runs on wasm here, by the same code')
const missing = [...new Set(pending().flatMap(({ needs }) => needs))].filter(
  (program) => findProgram(program) === undefined,
)
if (missing.length > 0) fail(`native TensorFlow needs on the PATH: ${missing.join(', ')}`)

try {
  await withLock(async () => {
    for (const step of steps) if (!step.isDone()) await showStep(step)
  })
} catch (error) {
  fail(error.message)
}
