import type { DefineCommand } from '../define-command.ts'

/** Defines `scoreline doctor`, which checks everything that the platform depends on. */
export const defineDoctor: DefineCommand = (command, context) => {
  command
    .option('--json', 'print the findings as one JSON object', false)
    .addHelpText('after', '\nExits with 0 if all is well, with 1 if there are warnings, with 2 if there are errors.')
    .action(async ({ json }: { readonly json: boolean }) => {
      const { config, print } = context()
      const [{ examine }, { exitCodeOf, reportLines }] = await Promise.all([
        import('../../composition/doctor/examine.ts'),
        import('../../composition/doctor/report.ts'),
      ])
      const outcomes = await examine(config)
      const code = exitCodeOf(outcomes)
      if (json) print(JSON.stringify({ ok: code === 0, checks: outcomes }))
      else for (const line of reportLines(outcomes)) print(line)
      process.exitCode = code
    })
}
