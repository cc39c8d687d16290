"""A command becomes events. One module per concern; ``table`` has said before that the sender may ask at all."""

from typing import assert_never

from openbalint.protocol import commands as c
from openbalint.protocol.decide import cards, clock, door, figures, floor, moving, presence, sound
from openbalint.protocol.decide.consequences import settle
from openbalint.protocol.decide.draft import Draft, check, refuse

__all__ = ["Draft", "check", "decide", "refuse"]


_GOING_ON = c.Next | c.GoTo | c.EndCase | c.End | c.SetCases | c.Resume  # what lifts a pause


def decide(draft: Draft, command: c.Command) -> None:
    """Do one command and all that follows from it; ``RefusedError`` where it cannot be."""
    match command:
        case c.Connect() | c.Disconnect() | c.Reseat() | c.Adopt() | c.Plan() | c.CallOff() | c.Tick():
            _report(draft, command)
        case c.WriteCard() | c.SendSignal() | c.NeedToStop() | c.AnswerStop() | c.WriteLine() | c.CheckOut():
            _tell_volatile(draft, command)
        case c.AskMute() | c.ReportAround() | c.SetSharedSpeaker() | c.ReportSpeech():
            _tell_volatile(draft, command)
        case _:
            _ask(draft, command)
    settle(draft)


def _report(draft: Draft, command: c.OwnerCommand | c.ClockCommand) -> None:
    match command:
        case c.Connect():
            presence.connect(draft, command)
        case c.Disconnect():
            presence.disconnect(draft, command)
        case c.Reseat():
            door.reseat(draft, command)
        case c.Adopt():
            presence.adopt(draft, command)
        case c.Plan():
            presence.plan(draft, command)
        case c.CallOff():
            moving.call_off(draft)
        case c.Tick():
            clock.tick(draft)
        case _:
            assert_never(command)


def _tell_volatile(draft: Draft, command: c.VolatileCommand) -> None:
    match command:
        case c.WriteCard():
            cards.write_card(draft, command)
        case c.SendSignal():
            cards.send_signal(draft, command)
        case c.NeedToStop():
            cards.need_to_stop(draft, command)
        case c.AnswerStop():
            cards.answer_stop(draft, command)
        case c.WriteLine():
            cards.write_line(draft, command)
        case c.CheckOut():
            cards.check_out(draft, command)
        case c.AskMute():
            sound.ask_mute(draft, command)
        case c.ReportAround():
            sound.report_around(draft, command)
        case c.SetSharedSpeaker():
            sound.set_shared_speaker(draft, command)
        case c.ReportSpeech():
            sound.report_speech(draft, command)
        case _:
            assert_never(command)


def _ask(draft: Draft, command: c.LoggedCommand) -> None:
    if isinstance(command, _GOING_ON):
        moving.check_not_aside(draft.session, command.by)
    match command:
        case c.SetHand():
            floor.set_hand(draft, command)
        case c.EndTurn():
            floor.end_turn(draft, command)
        case c.TakeVoice():
            figures.take_voice(draft, command)
        case c.DropVoice():
            figures.drop_voice(draft, command)
        case c.Leave():
            presence.leave(draft, command)
        case c.Start():
            moving.start(draft, command)
        case c.Next():
            moving.next_phase(draft)
        case c.PushBack() | c.StepBackNow():
            moving.push_back(draft)
        case c.GoTo():
            moving.go_to(draft, command)
        case c.EndCase():
            moving.end_case(draft)
        case c.End():
            moving.end_by_hand(draft)
        case c.Pause():
            moving.pause(draft)
        case c.Resume():
            moving.resume(draft)
        case c.Extend():
            moving.extend(draft, command)
        case c.SetCases():
            moving.set_cases(draft, command)
        case c.SetSilence():
            floor.set_silence(draft, command)
        case c.StartRound():
            floor.start_round(draft, command)
        case c.OpenFloor():
            floor.open_floor(draft)
        case c.SetOffer():
            figures.set_offer(draft, command)
        case c.NamePresenter():
            figures.name_presenter(draft, command)
        case c.SetCalledIn():
            floor.set_called_in(draft, command)
        case c.AddFigure():
            figures.add_figure(draft, command)
        case c.RemoveFigure():
            figures.remove_figure(draft, command)
        case c.TickVoice():
            figures.tick_voice(draft, command)
        case c.Admit():
            door.admit(draft, command)
        case c.SendOut():
            door.send_out(draft, command)
        case c.TickIn():
            presence.tick_in(draft, command)
        case c.TickOut():
            presence.tick_out(draft, command)
        case c.SetLock():
            door.set_lock(draft, command)
        case c.SetSilenced():
            sound.set_silenced(draft, command)
        case c.SetShared():
            sound.set_shared(draft, command)
        case c.ReportHearing():
            sound.report_hearing(draft, command)
        case c.SetAssistant():
            door.set_assistant(draft, command)
        case c.SetDoor():
            door.set_door(draft, command)
        case c.HandOver():
            door.hand_over(draft, command)
        case c.ShowCue():
            floor.show_cue(draft, command)
        case c.OpenCards():
            cards.open_cards(draft)
        case c.TurnCards():
            cards.turn_cards(draft)
        case c.PutCardsAway():
            cards.put_cards_away(draft)
        case _:
            assert_never(command)
