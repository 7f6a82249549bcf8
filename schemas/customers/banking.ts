import { currency, nonNegative } from '../rules.ts'
import {
  boolean,
  documented,
  double,
  enumeration,
  event,
  identifier,
  long,
  nullable,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { byFields, byKey, byOther } from '../persons.ts'

const transactionKind = enumeration('TransactionKind', [
  'other',
  'card',
  'transfer',
  'cash',
  'fee',
  'interest',
  'salary',
  'loan',
])
const signedMinor = documented('Amount in minor units of the currency; positive is incoming, negative outgoing.', long)

export const Transaction = event('Transaction', "A movement on a customer's account.", {
  customerId: identifier,
  accountId: identifier,
  amountMinor: signedMinor,
  balanceMinor: documented(
    'Balance after the movement in minor units; null if the bank does not report it.',
    nullable(long),
  ),
  currency,
  kind: transactionKind,
  category: documented('Merchant or purpose category.', nullable(string)),
  counterparty: nullable(string),
  channel: nullable(string),
})
export type Transaction = TypeOf<typeof Transaction>

export const transactions = topic<Transaction>({
  name: 'transactions',
  schema: Transaction,
  key: 'customerId',
  persons: byKey,
  keyOf: (transaction) => transaction.customerId,
  retention: { days: 365 },
  role: 'input',
  producer: 'core banking, or the link-accounts processor',
})

export const AccountTransaction = event(
  'AccountTransaction',
  'A movement for which the bank knows the account but not the customer.',
  {
    accountId: identifier,
    amountMinor: signedMinor,
    balanceMinor: nullable(long),
    currency,
    kind: transactionKind,
    category: nullable(string),
    counterparty: nullable(string),
    channel: nullable(string),
  },
)
export type AccountTransaction = TypeOf<typeof AccountTransaction>

export const accountTransactions = topic<AccountTransaction>({
  name: 'account-transactions',
  schema: AccountTransaction,
  key: 'accountId',
  persons: byOther('the account; the topic account-links names its owner'),
  keyOf: (transaction) => transaction.accountId,
  retention: { days: 365 },
  role: 'input',
  producer: 'core banking',
})

export const AccountLink = event('AccountLink', 'The customer of an account, from its event time on.', {
  accountId: identifier,
  customerId: identifier,
  role: enumeration('AccountRole', ['owner', 'disponent']),
  linked: documented('False ends the link.', withDefault(boolean, true)),
})
export type AccountLink = TypeOf<typeof AccountLink>

export const accountLinks = topic<AccountLink>({
  name: 'account-links',
  schema: AccountLink,
  key: 'accountId',
  persons: byFields('customerId'),
  keyOf: (link) => link.accountId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'core banking',
})

export const CreditLine = event('CreditLine', 'A limit set, a drawdown taken or a repayment made on a credit line.', {
  customerId: identifier,
  lineId: identifier,
  kind: enumeration('CreditLineKind', ['limit', 'drawdown', 'repayment']),
  amountMinor: documented(
    'The new limit, the amount drawn or the amount repaid; minor units, never negative.',
    nonNegative(long),
  ),
  currency,
})
export type CreditLine = TypeOf<typeof CreditLine>

export const creditLines = topic<CreditLine>({
  name: 'credit-lines',
  schema: CreditLine,
  key: 'customerId',
  persons: byKey,
  keyOf: (line) => line.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'core banking',
})

export const Asset = event('Asset', 'An asset of a customer, as valued at its event time.', {
  customerId: identifier,
  assetId: identifier,
  kind: enumeration('AssetKind', ['other', 'deposit', 'property', 'security']),
  valueMinor: documented('Value in minor units; 0 once the asset is gone.', nonNegative(long)),
  currency,
})
export type Asset = TypeOf<typeof Asset>

export const assets = topic<Asset>({
  name: 'assets',
  schema: Asset,
  key: 'customerId',
  persons: byKey,
  keyOf: (asset) => asset.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'core banking',
})

export const Purchase = event('Purchase', 'Something bought, at the bank or elsewhere.', {
  customerId: identifier,
  product: nullable(string),
  category: nullable(string),
  quantity: withDefault(nonNegative(double), 1),
  amountMinor: documented('Amount in minor units, never negative.', nonNegative(long)),
  currency,
  channel: nullable(string),
})
export type Purchase = TypeOf<typeof Purchase>

export const purchases = topic<Purchase>({
  name: 'purchases',
  schema: Purchase,
  key: 'customerId',
  persons: byKey,
  keyOf: (purchase) => purchase.customerId,
  retention: { days: 3650 },
  role: 'input',
  producer: 'shops, core banking',
})
