"""Which pages ask again who is there, and which stay open to who must set up a second factor.

Both tables are written by hand, from what would hurt most in wrong hands: rights and blocking,
what people sign in with, files with many people in them.
"""

FRESH = """
members.give_grant members.end_grant members.run_account
members.change_role members.end_affiliation members.invite members.answer_request
members.hand_over
members.change_password
members.new_passkey members.new_passkey_challenge members.rename_passkey members.remove_passkey
members.begin_app members.set_up_app members.remove_app
members.make_codes members.try_code
members.check_removal members.approve_removal members.decline_removal members.demand_factors
members.decided_by_two
members.add_address members.claim_again members.primary_address members.remove_address
members.identities members.link_identity members.unlink_identity
members.approve_joining members.start_membership
members.end_membership members.exclude members.decide_exclusion members.approve_merge
members.export_register members.export_register_roles
members.confirm_import
members.ask_for_copy members.erase_person members.run_clearing
members.export_organisations members.export_members members.export_joining
events.export_delegates programmes.export_applications
"""

#: Their own account, the addresses that we reach them at, what sets a factor up, the way out.
EVEN_BARRED = """
members.account members.security members.sign_out members.confirm_address members.change_password
members.end_session members.end_other_sessions members.prove members.prove_challenge
members.new_passkey members.new_passkey_challenge members.rename_passkey members.remove_passkey
members.begin_app members.set_up_app members.remove_app members.make_codes members.try_code
members.addresses members.add_address members.confirm_claim members.claim_again members.drop_claim
members.primary_address members.remove_address
"""


def told(app, mark):
    """Name the doors that bear a mark."""
    return {name for name, view in app.view_functions.items() if getattr(view, mark, False)}


def test_these_pages_ask_again_and_no_others(stage):
    assert told(stage.app, "__fresh__") == set(FRESH.split())


def test_these_pages_stay_open_to_who_must_set_up_a_factor_and_no_others(stage):
    assert told(stage.app, "__even_barred__") == set(EVEN_BARRED.split())
