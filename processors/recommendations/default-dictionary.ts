import {
  DICTIONARY,
  type Characteristic,
  type Dictionary,
  type Need,
} from '../../schemas/recommendations/dictionary.ts'

const need = (
  id: string,
  category: string,
  name: string,
  fieldOfActivity: string | null = null,
  segment: string | null = null,
): Need => ({
  id,
  name,
  category,
  fieldOfActivity,
  segment,
  retired: false,
})

const needs: readonly Need[] = [
  need('lower-costs', 'costs', 'Pay less for everyday banking'),
  need('few-fees', 'costs', 'Know every fee beforehand', null, 'micro'),
  need('seasonal-stock', 'financing', 'Fill the store before the season', 'trade'),
  need('machines', 'financing', 'Renew machines without tying up money', 'manufacturing'),
  need('quick-money', 'financing', 'Get money within days when an order comes'),
  need('late-payers', 'cash flow', 'Bridge the time until customers pay'),
  need('wages-on-time', 'cash flow', 'Pay wages on time when receipts are late'),
  need('idle-cash', 'cash flow', 'Earn something on money that lies idle'),
  need('keep-staff', 'staff', 'Keep good people with benefits'),
  need('staff-travel', 'staff', 'Settle travel expenses without paper'),
  need('foreign-prices', 'currency', 'Be safe from swings of exchange rates'),
  need('card-takings', 'payments', 'Take cards and phones at the counter', 'catering'),
  need('receipts-same-day', 'payments', 'Have takings on the account the same day'),
  need('tax-dates', 'taxes', 'Never miss a date of the tax office'),
]

interface Advice {
  readonly first: string
  readonly sale: string
  readonly contract: string
  readonly retention: string
}

const characteristic = (
  id: string,
  product: string | null,
  name: string,
  description: string,
  answers: readonly string[],
  { first, sale, contract, retention }: Advice,
): Characteristic => ({
  id,
  name,
  description,
  product,
  needs: answers,
  advice: { 'first contact': first, sale, contract, retention },
  retired: false,
})

const characteristics: readonly Characteristic[] = [
  characteristic(
    'low-rate',
    'business-loan',
    'Low interest rate',
    'A rate below that of the market.',
    ['lower-costs', 'machines'],
    {
      first: 'Ask what they pay for credit today, and name the range of our rates.',
      sale: 'Reckon with them what the lower rate saves in a year.',
      contract: 'Have the rate and how long it holds stand on the first page.',
      retention: 'Check their rate against the market before they do.',
    },
  ),
  characteristic(
    'flexible-repayment',
    'business-loan',
    'Flexible repayment',
    'Instalments follow the season.',
    ['seasonal-stock', 'late-payers'],
    {
      first: 'Ask in which months money is short.',
      sale: 'Draw a plan of instalments by their own season.',
      contract: 'Agree on how often the plan may be changed.',
      retention: 'Offer to move an instalment before it hurts.',
    },
  ),
  characteristic(
    'no-collateral',
    'business-loan',
    'No collateral',
    'Up to a limit, on turnover alone.',
    ['quick-money', 'wages-on-time'],
    {
      first: 'Say up to which amount no pledge is asked for.',
      sale: 'Show with their turnover which limit they would get.',
      contract: 'Explain what is asked for instead of a pledge.',
      retention: 'Raise the limit as their turnover grows.',
    },
  ),
  characteristic(
    'fast-approval',
    'business-loan',
    'Approval within a day',
    'An answer on the next working day.',
    ['quick-money'],
    {
      first: 'Tell of a customer who had the money within two days.',
      sale: 'Leave the list of the few papers that are needed.',
      contract: 'Promise a day and keep it.',
      retention: 'Keep a limit approved in advance.',
    },
  ),
  characteristic(
    'overdraft-buffer',
    'business-loan',
    'Overdraft as a buffer',
    'Interest only on what is used.',
    ['wages-on-time', 'late-payers'],
    {
      first: 'Ask what happens when a big payer is late.',
      sale: 'Show what thirty days of overdraft cost.',
      contract: 'Explain when the line is looked at again.',
      retention: 'Look at the use of the line with them once a quarter.',
    },
  ),
  characteristic(
    'no-annual-fee',
    'credit-card',
    'No annual fee',
    'For every card of the company.',
    ['lower-costs', 'few-fees'],
    {
      first: 'Name what is free, and what is not.',
      sale: 'Lay their yearly fees beside ours.',
      contract: 'Hand over the list of all fees.',
      retention: 'Remind them what they have not paid.',
    },
  ),
  characteristic(
    'cash-rebate',
    'credit-card',
    'Cash rebate',
    'A share of what is spent comes back.',
    ['lower-costs', 'staff-travel'],
    {
      first: 'Ask how much goes over cards in a month.',
      sale: 'Reckon the rebate of their last quarter.',
      contract: 'Say when the rebate is paid.',
      retention: 'Send the rebate of the year in one line.',
    },
  ),
  characteristic(
    'expense-reports',
    'credit-card',
    'Expenses without paper',
    'Receipts are taken by telephone and booked.',
    ['staff-travel'],
    {
      first: 'Ask who types in the receipts today.',
      sale: 'Show the app with a receipt of their own.',
      contract: 'Agree on who may see which card.',
      retention: 'Offer to join it to their bookkeeping.',
    },
  ),
  characteristic(
    'daily-access',
    'wealth-management',
    'Daily access',
    'Idle money earns, and is there the next day.',
    ['idle-cash'],
    {
      first: 'Ask how much lies on the account on average.',
      sale: 'Show what that would have earned last year.',
      contract: 'Explain how money comes back within a day.',
      retention: 'Tell them when the balance has grown again.',
    },
  ),
  characteristic(
    'currency-hedge',
    'wealth-management',
    'Exchange rate held',
    'A rate agreed today for a payment in months.',
    ['foreign-prices'],
    {
      first: 'Ask in which currencies they buy and sell.',
      sale: 'Show what the last swing would have cost them.',
      contract: 'Explain what happens if the payment does not come.',
      retention: 'Call before big payments fall due.',
    },
  ),
  characteristic(
    'group-cover',
    'insurance',
    'Cover for all employees',
    'Health and accident, for the whole staff.',
    ['keep-staff'],
    {
      first: 'Ask how hard it is to find people.',
      sale: 'Put a price on each employee.',
      contract: 'Go through what is not covered.',
      retention: 'Report how the cover was used.',
    },
  ),
  characteristic(
    'same-day-settlement',
    'payments',
    'Takings the same day',
    'What is sold until six is there at eight.',
    ['receipts-same-day', 'card-takings'],
    {
      first: 'Ask how long they wait for their takings.',
      sale: 'Show a day of their takings with both terms.',
      contract: 'Agree on the hour of the cut.',
      retention: 'Tell them of any day on which it was late, before they ask.',
    },
  ),
  characteristic(
    'one-terminal',
    'payments',
    'One terminal for all',
    'Cards and phones on the same device.',
    ['card-takings', 'receipts-same-day'],
    {
      first: 'Count the devices on the counter.',
      sale: 'Leave a terminal for a week.',
      contract: 'Agree on what happens when it breaks.',
      retention: 'Exchange the device before it grows old.',
    },
  ),
  characteristic(
    'tax-calendar',
    null,
    'Tax dates kept',
    'Payments to the tax office are prepared in time.',
    ['tax-dates'],
    {
      first: 'Ask who keeps the dates.',
      sale: 'Show the calendar with their own taxes.',
      contract: 'Say who answers for a missed date.',
      retention: 'Look at the year’s dates together each December.',
    },
  ),
]

/** Built-in dictionary, in use until an entry is edited: what banks commonly offer to organisations. */
export const defaultDictionary: Dictionary = {
  id: 'dictionary/delivered',
  occurredAt: 0,
  source: 'scoreline',
  name: DICTIONARY,
  version: 0,
  needs,
  characteristics,
  changedBy: 'delivered',
}
