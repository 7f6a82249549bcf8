/**
 * `node tests/model-checker/main.ts`: explores the commit protocol in every scenario, the wide ones too, and prints a
 * table.
 */
import { commitMachine } from './commit-protocol.ts'
import { describeCounterexample, explore } from './explorer.ts'
import { scenarios, wideScenarios } from './scenarios.ts'

const STATES_MAX = 5_000_000

for (const { name, protocol, scenario } of [...scenarios, ...wideScenarios]) {
  const startedAt = performance.now()
  const { states, transitions, depth, counterexample } = explore(commitMachine(protocol, scenario), STATES_MAX)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  console.log(
    `| ${name} | ${states.toLocaleString('en')} | ${transitions.toLocaleString('en')} | ${depth} | ${seconds} s |`,
  )
  if (counterexample === undefined) continue
  console.log(describeCounterexample(counterexample))
  process.exitCode = 1
}
