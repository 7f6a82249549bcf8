import { existsSync, readFileSync } from 'node:fs'
import { commitMachine } from './commit-protocol.ts'
import { describeCounterexample, explore } from './explorer.ts'
import { scenarios } from './scenarios.ts'

const page = readFileSync(new URL('../../docs/commit-protocol.md', import.meta.url), 'utf8')

describe('every event counts exactly once, in any order of steps and faults', () => {
  test.each(scenarios)('$name', ({ name, protocol, scenario }) => {
    const { states, transitions, depth, counterexample } = explore(commitMachine(protocol, scenario))
    expect(counterexample && describeCounterexample(counterexample)).toBeUndefined()
    // The page says how much was explored.
    expect(page).toContain(
      `| ${name} | ${states.toLocaleString('en')} | ${transitions.toLocaleString('en')} | ${depth} |`,
    )
  })
})

test('the files that the page names exist', () => {
  const paths = [...page.matchAll(/`((?:streams|kafka|tests)\/[\w/-]+\.ts)`/g)].map(([, path]) => path!)
  expect(paths.length).toBeGreaterThan(10)
  expect(paths.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([])
})
