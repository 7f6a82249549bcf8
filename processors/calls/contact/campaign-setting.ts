import { campaigns } from '../../../schemas/calls/campaigns.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'

export const campaignSetting = versionedSetting({
  name: 'campaign',
  path: '/campaigns',
  doc: 'Why customers are called, how, and by whose law; nobody is called while it is not running (docs/contact-rules.md).',
  topic: campaigns,
  key: 'name',
  open: true,
  defaults: new Map(),
  validate: ({ order, product }) =>
    order === 'best-interest' && product === null
      ? 'Name the `product` that is offered: the order best-interest goes by the customers’ interest in it.'
      : undefined,
})
