import { validateScript } from '../../features/calls/scripts/validate-script.ts'
import { versionedSetting } from '../../schemas/platform/versioned-setting.ts'
import { scriptTemplates } from '../../schemas/calls/script-templates.ts'
import { defaultScripts } from './default-scripts.ts'

export const scriptTemplateSetting = versionedSetting({
  name: 'script template',
  path: '/script-templates',
  doc: 'What is said in calls, with placeholders for what differs between customers (docs/scripts.md).',
  topic: scriptTemplates,
  key: 'name',
  open: true,
  defaults: defaultScripts,
  required: ['language', 'products', 'parts', 'answers'],
  validate: (template) => (template.retired ? undefined : validateScript(template)),
})
