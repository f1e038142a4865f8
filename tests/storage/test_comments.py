"""Comments in the store: under keys of their own, read by site, shown to the site only when somebody decides so."""

from uuid import uuid4

from builders_collection import place

from survey.storage import comments
from survey.storage.comments import NewComment


def test_a_comment_gets_a_random_key_and_waits_for_a_decision(store):
    at = place(store)
    with store.writing() as db:
        comments.insert(db, at.window.id, [NewComment(at.pine.id, "q.comment", "¡Gracias! 👩‍👧")])

    with store.reading() as db:
        (comment,) = comments.of_site(db, at.window.id, at.pine.id)
    assert comment.key.version == 4
    assert (comment.item, comment.text, comment.shown) == ("q.comment", "¡Gracias! 👩‍👧", None)


def test_comments_are_read_by_site(store):
    at = place(store)
    with store.writing() as db:
        comments.insert(
            db,
            at.window.id,
            [NewComment(site.id, "q.comment", "words") for site in (at.pine, at.oak, at.oak)],
        )

    with store.reading() as db:
        assert len(comments.of_site(db, at.window.id, at.pine.id)) == 1
        assert len(comments.of_site(db, at.window.id, at.oak.id)) == 2


def test_a_decision_can_be_made_and_changed_at_the_comments_own_site_only(store):
    at = place(store)
    with store.writing() as db:
        comments.insert(db, at.window.id, [NewComment(at.pine.id, "q.comment", "words")])
        (comment,) = comments.of_site(db, at.window.id, at.pine.id)

        assert comments.set_shown(db, at.window.id, at.pine.id, comment.key, shown=True)
        assert comments.of_site(db, at.window.id, at.pine.id)[0].shown is True
        assert comments.set_shown(db, at.window.id, at.pine.id, comment.key, shown=False)
        assert comments.of_site(db, at.window.id, at.pine.id)[0].shown is False
        assert not comments.set_shown(db, at.window.id, at.oak.id, comment.key, shown=True)
        assert not comments.set_shown(db, at.window.id, at.pine.id, uuid4(), shown=True)
