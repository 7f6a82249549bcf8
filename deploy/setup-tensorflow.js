#!/usr/bin/env node
/**
 * `npm run setup:tensorflow`: installs native TensorFlow for training, which otherwise runs on wasm. The package's own
 * install script fetches libtensorflow from outside the registries and so fails on a machine that reaches only those;
 * here it comes from the Python package index, and only the binding is built. None of it is in package.json: it has to
 * be run again after `npm ci`, and then reuses the unpacked library.
 */
import { withLock } from './prepare/lock.js'
import { findProgram, showStep } from './prepare/run.js'
import { binding } from './tensorflow/binding.js'
import { library } from './tensorflow/library.js'
import { nodePackage } from './tensorflow/node-package.js'
import { trial } from './tensorflow/trial.js'

/** In order of their dependencies. */
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
