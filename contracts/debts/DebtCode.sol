// SPDX-License-Identifier: Apache-2.0
// Generated from contracts/debts/codes.tsv by `npm run codegen`. Do not edit.
pragma solidity 0.8.37;

using {isClaimable, isCounted} for DebtCode global;

/// @dev What a debt is for.
enum DebtCode {
    None,
    /// Energy of a settled trade, payable by its payment term.
    EnergyOnTerms,
    /// Energy of a meter day that became final after it had lapsed: its holds were released, and it is owed at once.
    LateInvoice,
    /// Network charge of such a day.
    NetworkCharge,
    /// Deviation charge of such a day.
    DeviationCharge,
    /// What a corrected reading changes about one amount of a settled trade.
    Adjustment,
    /// What a supplier drafted by a VAT invoice and its debtor confirmed.
    ConfirmedClaim,
    /// Deviation of a month.
    MonthlyDeviation,
    /// A wholesale statement.
    Statement,
    /// A called guarantee.
    Guarantee,
    /// What an award obliges to pay.
    Award,
    /// What a seller with recourse pays to take a claim back.
    BuyBack,
    /// An instalment of an agreed schedule.
    Instalment
}

/// @dev A bit for each code, by its number.
uint256 constant CLAIMABLE = 8038;
uint256 constant COUNTED = 8190;

/// @dev Whether the creditor's side may be divided into units: whether it may become a receivable.
function isClaimable(DebtCode code) pure returns (bool) {
    return CLAIMABLE & (1 << uint256(code)) != 0;
}

/// @dev Whether payment, default and arrears enter the credit record, and a default closes terms to the debtor.
function isCounted(DebtCode code) pure returns (bool) {
    return COUNTED & (1 << uint256(code)) != 0;
}
