import { activePolicy } from '../../composition/visits/policies/trial.ts'
import { contentOf } from '../../processors/visits/policies/active-policy.ts'
import type { DefineCommand } from '../define-command.ts'
import { candidateOf, withPolicies } from './with-policies.ts'

export const defineShow: DefineCommand = (program, context) => {
  program
    .command('show')
    .description('show a policy as JSON, to edit and try; default: the active one')
    .argument('[version]', 'number of a version; 0 for the built-in policy')
    .action(async (version: string | undefined) => {
      const here = context()
      await withPolicies(here, async (at) => {
        const policy =
          version === undefined ? contentOf(await activePolicy(at.database, at.hold)) : await candidateOf(version, at)
        here.print(JSON.stringify(policy, undefined, 2))
      })
    })
}
