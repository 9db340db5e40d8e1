"""The search: for everybody, each finding what they may open."""

from tests.architecture.matrix import To

TABLE = """
#                                     s nu mra f PMEDB i
GET  search.results                   . .. ... . ..... .
GET  search.results (nothing)         . .. ... . ..... .
GET  search.results (one)             . .. ... . ..... .
"""

WAYS = {
    "search.results": To(query={"q": "«bergen»"}),
    "search.results (nothing)": To(query={"q": "«unheard»"}),
    "search.results (one)": To(query={"q": "«bergen»", "kind": "organisation"}),
}
