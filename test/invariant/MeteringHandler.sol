// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TradeSettlement, TradeTerms} from "../../contracts/market/interfaces/ITradeEscrow.sol";
import {DayRecord, MeterDay} from "../../contracts/metering/interfaces/IMeterRegistry.sol";
import {Calendar} from "../../contracts/types/Calendar.sol";
import {Day} from "../../contracts/types/Day.sol";
import {DayState} from "../../contracts/types/Enums.sol";
import {MeterId, TradeId} from "../../contracts/types/Ids.sol";
import {Builder} from "../utils/Builder.sol";
import {Party} from "../utils/Market.sol";
import {ExposureHandler} from "./ExposureHandler.sol";

/// @notice Reports, corrects, accepts, finalises and lets lapse; retires what was delivered.
abstract contract MeteringHandler is ExposureHandler {
    function report(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            DayState state = _stateOf(key.meter, key.day);
            if (state.isFinal() || block.timestamp < Calendar.startOf(key.day) + 1 days) continue;
            if (state == DayState.None && block.timestamp >= meters.lapsesAt(key.day)) continue;
            if (state == DayState.None && (seed >> 200) % 2 == 0) return _reportTogether(key.day, _next(seed));
            bytes memory curve = _someCurve(key, _next(seed));
            _recordIfRooted(key);
            _report(key.meter, key.day, curve);
            _meteredOf[key.meter][key.day] = curve;
            if (state == DayState.None) return _did("reported");
            return _did(state == DayState.Lapsed ? "reported late" : "corrected");
        }
    }

    /// @dev Under one root, all that is not reported of a day.
    function _reportTogether(Day day_, uint256 seed) private {
        MeterId[] memory found = new MeterId[](_days.length);
        uint256 count;
        for (uint64 number = 1; number <= meters.meterCount(); ++number) {
            MeterId meter = MeterId.wrap(number);
            if (!_dayKnown[meter][day_] || _stateOf(meter, day_) != DayState.None) continue;
            found[count++] = meter;
        }
        (MeterId[] memory some, bytes[] memory curves) = (new MeterId[](count), new bytes[](count));
        for (uint256 i; i < count; ++i) {
            seed = _next(seed);
            (some[i], curves[i]) = (found[i], _someCurve(MeterDayKey(found[i], day_), seed));
            _meteredOf[found[i]][day_] = curves[i];
        }
        _reportRoot(some, day_, curves, seed);
        _did("reported under a root");
    }

    function _recordIfRooted(MeterDayKey memory key) private {
        if (_rootOf(key.meter, key.day) == 0) return;
        _recordDay(key.meter, key.day, _meteredOf[key.meter][key.day]);
        _did("recorded out of a root");
    }

    /// @dev Anybody may, at any time.
    function recordDay(uint256 seed) external {
        if (_days.length != 0) _recordIfRooted(_days[seed % _days.length]);
    }

    /// @dev As sold, or anything, in a few slots more than were sold.
    function _someCurve(MeterDayKey memory key, uint256 seed) private view returns (bytes memory curve) {
        bytes memory sold = _positionOf[key.meter][key.day];
        if (seed % 4 == 0 && sold.length != 0) return sold;
        curve = Builder.zeros();
        for (uint256 slot = FIRST_SLOT; slot < END_SLOT; ++slot) {
            seed = _next(seed);
            Builder.set(curve, slot, bound(seed, 0, seed >> 255 == 0 ? 5_500_000 : 1_500_000));
        }
    }

    function finaliseDay(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            uint64 root = _rootOf(key.meter, key.day);
            DayRecord memory record = root == 0 ? meters.dayOf(key.meter, key.day) : meters.rootOf(root);
            if (!record.state.isOpen()) continue;
            if (block.timestamp < record.finalisableAt) continue;
            _finaliseWhereKept(key);
            return _did(root == 0 ? "final" : "root final");
        }
    }

    /// @dev As often as not, a correction made before is taken back.
    function correct(uint256 seed) external {
        bool back = (seed >> 128) % 2 == 0;
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            if (!_stateOf(key.meter, key.day).isFinal()) continue;
            if (back && !_isAdjusted(key)) continue;
            bytes memory curve = back ? _meteredOf[key.meter][key.day] : _someCurve(key, _next(seed));
            _recordIfRooted(key);
            _correct(key.meter, key.day, curve);
            _correctedOf[key.meter][key.day] = curve;
            return _did("final day corrected");
        }
    }

    function _isAdjusted(MeterDayKey memory key) private view returns (bool) {
        for (uint64 id = 1; id <= escrow.tradeCount(); ++id) {
            if (_adjustedBy[id].length == 0) continue;
            TradeTerms memory terms = _opened[id].terms;
            if (MeterId.unwrap(terms.sellerMeter) == MeterId.unwrap(key.meter) && terms.day == key.day) return true;
        }
        return false;
    }

    /// @dev Everybody concerned accepts, or nearly everybody, and somebody asks to finalise the day.
    function finaliseAccepted(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            if (!_stateOf(key.meter, key.day).isOpen()) continue;
            _recordIfRooted(key);
            DayRecord memory record = meters.dayOf(key.meter, key.day);
            for (uint256 j; j < 4; ++j) {
                if ((seed >> (64 + 3 * j)) % 8 == 0) continue;
                vm.prank(_accounts[j]);
                meters.accept(MeterDay(key.meter, key.day), record.version);
            }
            escrow.finaliseAccepted(key.meter, key.day, _itemsOf(key));
            return _did("finalised by consent");
        }
    }

    function _itemsOf(MeterDayKey memory key) private view returns (TradeSettlement[] memory items) {
        TradeId[] storage sold = _tradesOf[key.meter][key.day];
        items = new TradeSettlement[](sold.length);
        for (uint256 i; i < sold.length; ++i) {
            items[i] = _item(sold[i], 0);
        }
    }

    function lapseDay(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            if (_stateOf(key.meter, key.day) != DayState.None) continue;
            if (block.timestamp < meters.lapsesAt(key.day)) continue;
            _lapse(key.meter, key.day);
            return _did("day lapsed");
        }
    }

    function retire(uint256 seed) external {
        for (uint256 i; i < _days.length; ++i) {
            MeterDayKey memory key = _days[((seed % _days.length) + i) % _days.length];
            bool isWorks = MeterId.unwrap(key.meter) == MeterId.unwrap(works.meter);
            if (!isWorks && MeterId.unwrap(key.meter) != MeterId.unwrap(mill.meter)) continue;
            if (!_stateOf(key.meter, key.day).isFinal()) continue;
            address account = isWorks ? works.account : mill.account;
            for (uint256 j; j < 2; ++j) {
                uint256 id = kwh.idOf(j == 0 ? thermal.meter : solar.meter, key.day);
                uint256 amount = bound(seed >> 64, 0, kwh.balanceOf(account, id));
                if (amount == 0) continue;
                vm.recordLogs();
                vm.prank(account);
                kwh.retire(id, amount, key.meter, _meteredOf[key.meter][key.day], _proofOf(key.meter, key.day));
                return _readLog();
            }
        }
    }

    function passOnKwh(uint256 seed) external {
        if (_days.length == 0) return;
        MeterDayKey memory key = _days[seed % _days.length];
        uint256 id = kwh.idOf(key.meter, key.day);
        address from = _accounts[(seed >> 64) % 4];
        address to = _accounts[(seed >> 72) % _accounts.length];
        uint256 amount = bound(seed >> 80, 0, kwh.balanceOf(from, id));
        bytes memory call = abi.encodeCall(kwh.safeTransferFrom, (from, to, id, amount, ""));
        if (_giveAway(from, address(kwh), call, seed >> 16)) _did("kWh passed on");
    }

    /// @dev Names another trader and takes the meter back, so that its owner goes on trading.
    function nameTrader(uint256 seed) external {
        Party memory owner = _seller(seed);
        bytes memory call = abi.encodeCall(meters.setTrader, (owner.meter, registry.standingOf(retailer).id));
        address account = registry.accountOf(owner.id);
        if (!_giveAway(account, address(meters), call, seed >> 16)) return;
        vm.prank(account);
        meters.setTrader(owner.meter, owner.id);
        _did("trader named");
    }
}
