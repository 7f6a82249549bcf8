import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const module = fileURLToPath(new URL('../../soak/skewed-clock.ts', import.meta.url))

test('now and new dates run ahead or behind, given dates are unchanged', () => {
  const program = `
    import { skewClock } from ${JSON.stringify(module)}
    const real = Date.now
    const off = () => Math.round((Date.now() - real()) / 1000)
    skewClock(3_600_000)
    const ahead = off()
    const dated = Math.round((new Date().getTime() - real()) / 1000)
    skewClock(-60_000)
    console.log(JSON.stringify([ahead, dated, off(), new Date(5).getTime(), new Date(0) instanceof Date, Date.UTC(1970, 0, 1), new Date('1970-01-02').getTime()]))`
  const printed = execFileSync(process.execPath, [
    '--input-type=module-typescript',
    '--disable-warning=ExperimentalWarning',
    '-e',
    program,
  ])
  expect(JSON.parse(printed.toString())).toEqual([3_600, 3_600, -60, 5, true, 0, 86_400_000])
})
